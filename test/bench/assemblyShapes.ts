import type { Line } from '../unit/trace/traceOf';

/** Shapes of traces, as lines for exactly `count` steps, in the order of time where nothing else is said. */
export const shapes: Record<string, (count: number) => Line[]> = {
  /** Each follows the one before it; a start and an end record. */
  series: count => linesOf(count, index => ({ before: index - 1, from: index * 1000, to: index * 1000 + 900 })),
  /** The same, of one record each that carries start and end. */
  stated: count =>
    Array.from({ length: count }, (_, index) => ({
      ...context(index),
      previous: index === 0 ? [] : [`s${index - 1}`],
      at: index * 2 + 1,
      duration: 1,
    })),
  tree: count =>
    linesOf(count, index => {
      const from = Math.floor(Math.log2(index + 1)) * 10_000_000 + index;
      return { before: (index - 1) >> 1, from, to: from + 900 };
    }),
  /** All follow the first; their records are not in the order of time. */
  fan: count => linesOf(count, index => ({ before: 0, from: index, to: index + 900 })),
  nest: count => linesOf(count, index => ({ before: index - 1, from: index, to: 2 * count - index }), 'encloses'),
  mixed,
};

const context = (index: number): Line => ({
  stepId: `s${index}`,
  stepType: `Work ${index % 10}`,
  service: `service ${index % 7}`,
});

/** @param spanOf index of the step before, its start and its end in µs, by the step's index */
function linesOf(
  count: number,
  spanOf: (index: number) => { before: number; from: number; to: number },
  meaning: 'follows' | 'encloses' = 'follows',
): Line[] {
  return Array.from({ length: count }, (_, index) => index).flatMap(index => {
    const { before, from, to } = spanOf(index);
    const line: Line = { ...context(index), previous: index === 0 ? [] : [`s${before}`], meaning };
    return [
      { ...line, at: from / 1000, phase: 'start' },
      { ...line, at: to / 1000, phase: 'end' },
    ];
  });
}

/**
 * Rounds of ten: a step, a fan-out of four with its join, three calls inside the join, and one that fails and is tried
 * again; some with a line in between, some of one record with a duration; threads, hosts and attributes.
 */
function mixed(count: number): Line[] {
  const lines: Line[] = [];
  let steps = 0;
  const add = (previous: string[], from: number, to: number, rest: Line = {}): string => {
    const index = steps++;
    const line: Line = {
      ...context(index),
      previous,
      host: `host ${index % 5}`,
      thread: `thread ${index % 3}`,
      attributes: [{ name: 'page', value: String(index % 50) }],
      ...rest,
    };
    if (index % 3 === 1) lines.push({ ...line, at: to, duration: to - from });
    else {
      lines.push({ ...line, at: from, phase: 'start' });
      if (index % 3 === 2) lines.push({ ...line, at: (from + to) / 2 });
      lines.push({ ...line, at: to, phase: 'end', outcome: 'ok' });
    }
    return `s${index}`;
  };
  let last: string[] = [];
  for (let at = 0; steps < count; at += 80) {
    if (count - steps < 10) {
      last = [add(last, at + 1, at + 5)];
      continue;
    }
    const fork = add(last, at + 1, at + 5);
    const branches = [0, 1, 2, 3].map(branch => add([fork], at + 6 + branch, at + 20 + 3 * branch));
    const join = add(branches, at + 40, at + 60);
    for (const call of [0, 1, 2]) add([join], at + 42 + 5 * call, at + 45 + 5 * call, { meaning: 'encloses' });
    const flaky: Line = { ...context(steps), previous: [join] };
    lines.push(
      { ...flaky, at: at + 61, phase: 'start' },
      { ...flaky, at: at + 63, phase: 'end', outcome: 'failed' },
      { ...flaky, at: at + 65, phase: 'start' },
      { ...flaky, at: at + 70, phase: 'end', outcome: 'ok' },
    );
    last = [`s${steps++}`];
  }
  return lines;
}
