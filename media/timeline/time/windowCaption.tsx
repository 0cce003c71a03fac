import { useMemo } from 'preact/hooks';
import type { IdleTime } from '../../../src/common/timeline/idleTime';
import { percentText } from '../../../src/common/timeline/percentText';
import { timeMap } from '../../../src/common/timeline/timeMap';
import { timeLabel } from '../../../src/common/timeline/timeTicks';
import { counted, unbrokenDuration } from '../../page/format';
import { type Clock, type ClockName, zoneName, zoneOf } from './clockTime';
import type { TimeAxis } from './timeScale';
import type { Zoom } from './zoom';

export interface ShownText {
  from: string;
  to: string;
  whole: string;
  sentence: string;
}

/** In words what stretch of a trace's time is shown. */
export function shownText(axis: TimeAxis, clock: Clock): ShownText {
  const span = axis.toMs - axis.fromMs;
  const from = timeLabel(axis.fromMs, span, axis);
  const to = timeLabel(axis.zoomed ? axis.toMs : axis.nowMs, span, axis);
  const whole = unbrokenDuration(axis.nowMs);
  const zone = axis.timeOfDay ? `\u00a0${zoneName(clock.zoneMinutes)}` : '';
  const stretch = `${from} – ${to}${zone}`;
  // From the start to the end, and counted from the start: that is how long it is.
  const all = axis.timeOfDay ? `All ${whole}: ${stretch}` : `All ${whole}`;
  const sentence = axis.zoomed ? `${stretch}: ${unbrokenDuration(span)} of ${whole}` : all;
  return { from, to, whole, sentence };
}

/** Whether idle gaps are wanted with less room than their length. */
export interface Compression {
  on: boolean;
  set: (on: boolean) => void;
}

interface WindowCaptionProps {
  zoom: Zoom;
  clock: Clock;
  text: ShownText;
  idle: IdleTime | null;
  compression: Compression;
  /** `null` where no step begins in the window. */
  goToSteps: (() => void) | null;
}

/** Under the overview: what is shown, the way back to all of it, and what the axis counts from. */
export function WindowCaption({ zoom, clock, text, idle, compression, goToSteps }: WindowCaptionProps) {
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
      {idle && <IdleOffer idle={idle} wholeMs={zoom.axis.nowMs} compression={compression} />}
      {clock.names.length > 1 && (
        <select
          class="select"
          aria-label="Time axis"
          aria-keyshortcuts="T"
          value={clock.name}
          onChange={event => {
            const { value } = event.currentTarget;
            clock.set(clock.names.find(name => name === value) ?? 'start');
          }}
        >
          {clock.names.map(name => (
            <option key={name} value={name}>
              {clockTexts[name](clock)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** Everything else must get that many times the room, or compressing is not worth a word. */
const worthwhile = 1.5;

/** Off unless asked for: on a compressed axis a long wait looks short. */
function IdleOffer({
  idle,
  wholeMs,
  compression: { on, set },
}: {
  idle: IdleTime;
  wholeMs: number;
  compression: Compression;
}) {
  const { length, breaks } = useMemo(() => timeMap(wholeMs, idle.gaps), [wholeMs, idle]);
  if (breaks.length === 0 || wholeMs < length * worthwhile) return null;
  const taken = breaks.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return (
    <span class="idle-offer" title={idleText}>
      {on
        ? `${unbrokenDuration(taken)} of idle time in ${counted(breaks.length, 'break')}`
        : `${percentText(idle.ms / wholeMs).replaceAll(' ', '\u00a0')} idle`}{' '}
      <button type="button" class="link" aria-keyshortcuts="I" onClick={() => set(!on)}>
        {on ? 'Show True Scale' : 'Compress Idle Time'}
      </button>
    </span>
  );
}

const idleText =
  'Idle: no step is known to work, and nothing is logged. A step that contains others does not count as work.';

const keysText = 'Ctrl or ⌘ with the wheel, pinch, + and − zoom; F zooms to the selected step; 0 shows all';

const clockTexts: Record<ClockName, (clock: Clock) => string> = {
  start: () => 'Time from the start',
  utc: () => 'Time of day, UTC',
  local: ({ start }) => `Time of day, here (${zoneName(zoneOf('local', start, null))})`,
  logged: ({ loggedMinutes }) => `Time of day, as logged (${zoneName(loggedMinutes ?? 0)})`,
};
