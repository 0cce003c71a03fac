import { timeLabel } from '../../src/common/timeline/timeTicks';
import { unbrokenDuration } from '../page/format';
import { type Clock, zoneName } from './clockTime';
import type { TimeAxis } from './timeScale';
import type { Zoom } from './zoom';

export interface ShownText {
  from: string;
  to: string;
  whole: string;
  sentence: string;
}

/** In words what stretch of a trace's time is shown. */
export function shownText(axis: TimeAxis, wholeMs: number, clock: Clock, start: string | null): ShownText {
  const span = axis.toMs - axis.fromMs;
  const from = timeLabel(axis.fromMs, span, axis);
  const to = timeLabel(axis.toMs, span, axis);
  const whole = unbrokenDuration(wholeMs);
  const zone = axis.timeOfDay && start !== null ? `\u00a0${zoneName(clock, start)}` : '';
  const stretch = `${from} – ${to}${zone}`;
  const sentence = axis.zoomed ? `${stretch}: ${unbrokenDuration(span)} of ${whole}` : `All ${whole}: ${stretch}`;
  return { from, to, whole, sentence };
}

interface WindowCaptionProps {
  zoom: Zoom;
  start: string | null;
  text: ShownText;
  /** `null` where no step begins in the window. */
  goToSteps: (() => void) | null;
}

/** Under the overview: what is shown, the way back to all of it, and what the axis counts from. */
export function WindowCaption({ zoom, start, text, goToSteps }: WindowCaptionProps) {
  return (
    <div class="overview-caption">
      <span class="overview-shown" title={zoom.axis.zoomed ? undefined : keysText}>
        {text.sentence}
      </span>
      {zoom.axis.zoomed ? (
        <>
          {goToSteps && (
            <button type="button" class="link" title="Select the first step that begins there" onClick={goToSteps}>
              First Step
            </button>
          )}
          <button type="button" class="link" title="Show all of the time (0)" onClick={() => zoom.change(() => null)}>
            Reset Zoom
          </button>
        </>
      ) : (
        <span class="overview-hint" title={keysText}>
          Drag across the overview to zoom
        </span>
      )}
      {start !== null && (
        <select
          class="select"
          aria-label="Time axis"
          value={zoom.clock}
          onChange={event => zoom.setClock(clockOf(event.currentTarget.value))}
        >
          <option value="start">From the start</option>
          <option value="utc">Time of day, UTC</option>
          <option value="local">Time of day, here ({zoneName('local', start)})</option>
        </select>
      )}
    </div>
  );
}

const keysText = 'Ctrl or ⌘ with the wheel, pinch, + and − zoom; F zooms to the selected step; 0 shows all';

const clockOf = (value: string): Clock => (value === 'utc' || value === 'local' ? value : 'start');
