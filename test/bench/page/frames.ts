import type { CDPSession } from 'playwright-core';

/** An event of the browser's trace, as far as it matters here: times in µs, `tdur` of CPU. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** What the main thread does for the page itself: script, styles and layout, not paint. Garbage is counted apart. */
const ours = new Set([
  'EventDispatch',
  'FunctionCall',
  'EvaluateScript',
  'FireAnimationFrame',
  'TimerFire',
  'RunMicrotasks',
  'HandlePostMessage',
  'IntersectionObserverController::computeIntersections',
  'ResizeObserver',
  'UpdateLayoutTree',
  'Layout',
]);

const garbage = new Set(['MinorGC', 'MajorGC']);

const categories = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'v8.execute',
  'devtools.timeline.frame',
  '__metadata',
];

/** Script, style and layout between one frame and the next, in ms of wall time and of CPU; garbage collected between. */
export interface Frame {
  wall: number;
  cpu: number;
  garbage: number;
}

/** Records the page's main thread while something is done to it. */
export async function framesOf(session: CDPSession, action: () => Promise<void>): Promise<Frame[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: unknown[] }) => events.push(...(value as TraceEvent[]));
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories, recordMode: 'recordAsMuchAsPossible' },
  });
  await action();
  const complete = new Promise(resolve => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', collect);
  return split(events);
}

function split(events: readonly TraceEvent[]): Frame[] {
  const main = busiestThread(events);
  const own = events.filter(event => event.pid === main?.pid && event.tid === main.tid).sort((a, b) => a.ts - b.ts);
  const frames: Frame[] = [nothing()];
  let until = 0;
  for (const { name, ph, ts, dur = 0, tdur = dur } of own) {
    // A frame ends where it is handed to the compositor.
    if (name === 'Commit') frames.push(nothing());
    const frame = frames.at(-1)!;
    // One within another counts once.
    if (ph !== 'X' || ts < until) continue;
    if (garbage.has(name)) frame.garbage += tdur / 1000;
    if (!ours.has(name)) continue;
    until = ts + dur;
    frame.wall += dur / 1000;
    frame.cpu += tdur / 1000;
  }
  return frames.filter(({ wall }) => wall > 0);
}

const nothing = (): Frame => ({ wall: 0, cpu: 0, garbage: 0 });

/** The renderer's main thread that works most: other pages of the browser rest. */
function busiestThread(events: readonly TraceEvent[]): TraceEvent | undefined {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const busy = ({ pid, tid }: TraceEvent) =>
    events.reduce((sum, event) => sum + (event.pid === pid && event.tid === tid ? (event.dur ?? 0) : 0), 0);
  return threads.toSorted((a, b) => busy(b) - busy(a))[0];
}
