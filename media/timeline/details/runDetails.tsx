import { foldPathMs, foldText, foldTimeText } from '../../../src/common/timeline/foldText';
import type { TimelineRow } from '../../../src/common/timeline/timelineRow';
import { explainedUsage } from '../../../src/common/timeline/usageText';
import { oneLine, unbrokenDuration } from '../../page/format';

interface RunDetailsProps {
  row: TimelineRow;
  fold: NonNullable<TimelineRow['fold']>;
  onFold: (row: TimelineRow) => void;
}

/** What a run of plumbing stands for, while it is selected instead of one of its steps. */
export function RunDetails({ row, fold, onFold }: RunDetailsProps) {
  const { rest, errors, running } = foldText(fold);
  const onPath = foldPathMs(fold);
  const used = explainedUsage(fold.used);
  const facts = [
    ['Folded', [rest, errors, running].filter(Boolean).join(', ')],
    ['Time', foldTimeText(fold)],
    ['Critical path', onPath > 0 ? unbrokenDuration(onPath) : 'not on it'],
    ...(used === null ? [] : [['Used', used]]),
    ...(row.service === null ? [] : [['Service', oneLine(row.service)]]),
  ];
  return (
    <section class="step-details" aria-label={`Steps ${row.number}, folded`}>
      <div class="details-title">
        <h2>Steps {row.number}</h2>
      </div>
      <p class="subtitle">Around the agent’s own work: folded by the agent lens</p>
      <div class="details-body">
        <div>
          <dl class="step-facts">
            {facts.map(([name, value]) => (
              <div class="step-fact" key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <button type="button" class="button secondary" onClick={() => onFold(row)}>
            {fold.open ? 'Fold These Steps' : 'Show These Steps'}
          </button>
        </div>
      </div>
    </section>
  );
}
