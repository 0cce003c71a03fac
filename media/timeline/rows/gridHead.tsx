// biome-ignore-all lint/a11y/useSemanticElements: as the rows, see cell.tsx
// biome-ignore-all lint/a11y/useFocusableInteractive: nothing can be done with the header
import type { Ref } from 'preact';
import { FoldActions, type FoldCommands } from '../fold/foldActions';
import { durationKindTexts } from '../format';
import { TimeHead } from '../time/timeAxis';
import type { TimeScale } from '../time/timeScale';
import { Cell } from './cell';

interface GridHeadProps {
  timed: boolean;
  scale: TimeScale | null;
  /** The cell above the bars, whose width the time scale has. */
  box: Ref<HTMLDivElement>;
  /** `null` where nothing can be folded now. */
  fold: FoldCommands | null;
}

/** What the words beside the durations mean. */
const durationTitle = (['stated', 'observed', 'inferred'] as const).map(kind => durationKindTexts[kind]).join('; ');

export function GridHead({ timed, scale, box, fold }: GridHeadProps) {
  return (
    <div class="row head" role="row" aria-rowindex={1}>
      <Cell column="step" role="columnheader">
        <span class="head-name">Step</span>
        {fold && <FoldActions {...fold} />}
      </Cell>
      <Cell column="service" role="columnheader">
        Service
      </Cell>
      <Cell column="duration" role="columnheader" title={durationTitle}>
        Duration
      </Cell>
      {timed && (
        <Cell column="time" role="columnheader" box={box}>
          <span class="spoken">Time</span>
          {scale && <TimeHead scale={scale} />}
        </Cell>
      )}
    </div>
  );
}
