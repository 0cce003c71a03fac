import type { Sign } from '../../../src/common/timeline/drawnSigns';
import { kept } from '../../page/kept';

/** Of the page alone: what is folded, idle time that has less room than its length, and time to come in a live trace. */
export type LegendSign = Sign | 'folded' | 'compressed' | 'ahead';

const texts: Record<LegendSign, string> = {
  work: 'work',
  failed: 'failed',
  inferred: 'work or waiting',
  running: 'still running',
  openEnd: 'no end logged',
  start: 'only its start known',
  instant: 'one log line',
  wait: 'queue wait',
  idle: 'idle',
  earlier: 'earlier attempts',
  elapsed: 'waiting or attempts',
  folded: 'folded steps',
  compressed: 'compressed idle time',
  ahead: 'time to come',
  moved: 'moved times',
  lines: 'log lines',
  errors: 'error lines',
  path: 'critical path',
  pathWait: 'waiting on that path',
  stated: 'link in the logs',
  joined: 'link by a shared ID',
  linkInferred: 'link by order',
};

/** Where there is room to explain. */
const longTexts: Partial<Record<LegendSign, string>> = {
  work: 'Work, in the colour of its service',
  failed: 'Failed, in the colour of its service',
  inferred: 'Work or waiting: the logs do not say',
  running: 'Still running: no line since',
  openEnd: 'At least as long: no end is logged',
  start: 'Started; how long it took is not known',
  wait: 'Waiting in a queue',
  idle: 'Idle',
  elapsed: 'Waiting or earlier attempts: the logs do not say',
  folded: 'Folded steps at work',
  moved: 'Times moved by a clock offset, as asked',
  pathWait: 'Waiting on the critical path',
  stated: 'Next step, as stated in the logs',
  joined: 'Next step, by a shared ID',
  linkInferred: 'Next step, inferred from the order',
};

const all = Object.keys(texts) as LegendSign[];

/** Those of some, in the order of the legend. */
export function inOrder(signs: Iterable<LegendSign>): LegendSign[] {
  const shown = new Set(signs);
  return all.filter(sign => shown.has(sign));
}

/** What bars and lines mean of this trace, in one quiet line. */
export const Legend = kept(({ signs }: { signs: readonly LegendSign[] }) => (
  <p class="legend" aria-hidden="true">
    {signs.map(sign => (
      <span key={sign} title={longTexts[sign]}>
        <Mark sign={sign} /> {texts[sign]}
      </span>
    ))}
  </p>
));

/** All of them: the help has them where there is no room for a legend. */
export function SignList() {
  return (
    <dl class="sign-list">
      {all.map(sign => (
        <div key={sign}>
          <dt>
            <Mark sign={sign} />
          </dt>
          <dd>{longTexts[sign] ?? texts[sign].replace(/^./, letter => letter.toUpperCase())}</dd>
        </div>
      ))}
    </dl>
  );
}

const evidences: Partial<Record<LegendSign, string>> = { stated: 'stated', joined: 'joined', linkInferred: 'inferred' };

const shapes: Partial<Record<LegendSign, { class: string; d: string }>> = {
  errors: { class: 'record-error', d: 'M12 8l-4-6h8z' },
  compressed: { class: 'tear-edge', d: 'M9 0l4 3-4 3 4 3M13 0l4 3-4 3 4 3' },
};

function Mark({ sign }: { sign: LegendSign }) {
  const evidence = evidences[sign];
  const shape = shapes[sign];
  if (evidence === undefined && !shape) return <span class={`legend-mark ${sign}`} />;
  return (
    <svg aria-hidden="true" class={`legend-links ${evidence ?? sign}`} viewBox="0 0 24 10" width="24" height="10">
      <path {...(shape ?? { class: 'link-line', d: 'M1 5H23' })} />
    </svg>
  );
}
