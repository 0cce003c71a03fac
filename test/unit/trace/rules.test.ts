import assert from 'node:assert/strict';
import { durations, type Line, pair, path, stepOf, traceOf } from './traceOf';

const ms = (value: number | null) => (value === null ? null : value / 1e6);
const attempts = (lines: Line[], key: string) => stepOf(traceOf(lines), key).attempts.map(({ status }) => status);
const links = (lines: Line[], key: string) =>
  stepOf(traceOf(lines), key).previousSteps.map(link => `${link.meaning} ${link.key} ${link.evidence}`);

describe('a retry with a new step ID', () => {
  const lines: Line[] = [
    ...pair('s1', 0, 10),
    { stepId: 's2', previous: ['s1'], stepType: 'Tool', service: 'W1', at: 20, phase: 'start' },
    { stepId: 's2', previous: ['s1'], stepType: 'Tool', service: 'W1', at: 50, phase: 'end', outcome: 'failed' },
    ...pair('s2b', 60, 90, { previous: ['s1'], stepType: 'Tool', service: 'W2' }),
    ...pair('s3', 100, 110, { previous: ['s2b'] }),
  ];

  it('is another attempt, not a fork', () => {
    const trace = traceOf(lines);
    assert.deepEqual(
      trace.steps.map(step => step.key),
      ['s1', 's2b', 's3'],
    );
    assert.deepEqual(attempts(lines, 's2b'), ['failed', 'ok']);
    assert.equal(ms(stepOf(trace, 's2b').wait), 10);
    assert.equal(trace.status, 'recovered');
  });

  it('is one of as many attempts as there were, each with its own records', () => {
    const again = lines.map(line => (line.stepId === 's2b' ? { ...line, outcome: 'failed' as const } : line));
    const third = pair('s2c', 92, 99, { previous: ['s1'], stepType: 'Tool', service: 'W3' });
    const followed = again.map(line => (line.stepId === 's3' ? { ...line, previous: ['s2c'] } : line));
    const step = stepOf(traceOf([...followed, ...third]), 's2c');
    assert.deepEqual(
      step.attempts.map(({ service, start, end, status, releasing }) => [
        service,
        ms(start),
        ms(end),
        status,
        releasing,
      ]),
      [
        ['W1', 20, 50, 'failed', false],
        ['W2', 60, 90, 'failed', false],
        ['W3', 92, 99, 'ok', true],
      ],
    );
    assert.deepEqual([step.records.length, ms(step.start), ms(step.end)], [6, 92, 99]);
  });

  it('is a fork after all where something follows the failed one', () => {
    const trace = traceOf([...lines, ...pair('x', 52, 55, { previous: ['s2'] })]);
    assert.equal(trace.steps.length, 5);
  });
});

describe('handoffs to a fan-in from two branches on one service', () => {
  const branches: Line[] = [
    ...pair('f', 0, 10),
    ...pair('a', 20, 100, { previous: ['f'], service: 'Worker', host: 'w2' }),
    ...pair('b', 15, 3000, { previous: ['f'], service: 'Worker', host: 'w1' }),
  ];
  const join = pair('j', 3010, 3100, { previous: ['a', 'b'] });
  const publish = (at: number, host: string): Line => ({
    stepId: 'j',
    previous: ['a', 'b'],
    service: 'Worker',
    at,
    host,
  });

  it('are told apart by their time', () => {
    const trace = traceOf([...branches, publish(100, 'w2'), publish(3000, 'w1'), ...join]);
    assert.deepEqual(path(trace), [
      'run f 0..10',
      'wait b 10..15',
      'run b 15..3000',
      'wait j 3000..3010',
      'run j 3010..3100',
    ]);
  });

  it('are not given to the branch of another host', () => {
    const trace = traceOf([...branches, publish(2999, 'w1'), ...join]);
    assert.deepEqual(path(trace)!.slice(2), ['run b 15..2999', 'wait j 2999..3010', 'run j 3010..3100']);
  });
});

describe('a stated link', () => {
  it('stands against an inferred one that would close a loop, with a note on the clocks', () => {
    const trace = traceOf([
      ...pair('req', 100, 120, { service: 'API' }),
      ...pair('work', 90, 400, { service: 'Worker', previous: ['req'] }),
      ...pair('res', 410, 420, { service: 'API', previous: ['work'] }),
    ]);
    assert.deepEqual(stepOf(trace, 'req').previousSteps, []);
    assert.deepEqual(
      stepOf(trace, 'work').previousSteps.map(link => link.evidence),
      ['stated'],
    );
    assert.deepEqual(
      trace.notes.map(note => note.kind),
      ['effectBeforeCause', 'clockOffset'],
    );
    assert.deepEqual(
      trace.steps.map(step => step.key),
      ['req', 'work', 'res'],
    );
  });

  it('that names the correlation marks a root, also of the step that bears its ID', () => {
    const trace = traceOf([
      ...pair('c-7c2d9f7b', 0, 10, { previous: ['c-7c2d9f7b'] }),
      ...pair('s2', 20, 30, { previous: ['c-7c2d9f7b'] }),
    ]);
    assert.deepEqual(trace.notes, []);
    assert.deepEqual(
      stepOf(trace, 's2').previousSteps.map(link => link.key),
      ['c-7c2d9f7b'],
    );
  });
});

describe("a publisher's line that states a duration or an end", () => {
  for (const line of [{ duration: 3 }, { phase: 'end' }] as Line[]) {
    it(`is a handoff where another service starts the work: ${JSON.stringify(line)}`, () => {
      const trace = traceOf([
        ...pair('s1', 0, 100, { service: 'API' }),
        { stepId: 's2', previous: ['s1'], at: 90, service: 'API', ...line },
        ...pair('s2', 3000, 11_400, { previous: ['s1'], service: 'Worker' }),
      ]);
      const step = stepOf(trace, 's2');
      assert.equal(ms(step.duration), 8400);
      assert.equal(ms(step.wait), 2910);
      assert.equal(step.attempts.length, 1);
    });
  }

  it("is a handoff from either side of the previous step's call", () => {
    const trace = traceOf([
      ...pair('s1', 0, 100, { service: 'API' }),
      ...pair('s1', 10, 90, { service: 'Worker' }),
      { stepId: 's2', previous: ['s1'], service: 'Worker', at: 80 },
      ...pair('s2', 3000, 4000, { previous: ['s1'], service: 'Consumer' }),
    ]);
    assert.equal(ms(stepOf(trace, 's2').wait), 2920);
    assert.equal(trace.status, 'ok');
  });
});

describe('a step delivered again', () => {
  const around: Line[] = [{ stepId: 's1', at: 100, duration: 50 }];
  const after: Line[] = [{ stepId: 's3', previous: ['s2'], at: 300, duration: 50 }];
  const s2 = (rest: Line): Line => ({ stepId: 's2', previous: ['s1'], host: 'h', ...rest });

  it('on the same host, with stated durations, does not extend the trace', () => {
    const trace = traceOf([...around, s2({ at: 200, duration: 90 }), ...after, s2({ at: 9000, duration: 60 })]);
    assert.equal(ms(stepOf(trace, 's2').end), 150);
    assert.equal(trace.criticalPath!.until, 's3');
    assert.deepEqual(
      trace.notes.map(note => note.kind),
      ['duplicate'],
    );
  });

  it('after a failure, with stated durations, has two attempts', () => {
    const lines = [
      ...around,
      s2({ at: 200, duration: 90, outcome: 'failed' }),
      s2({ at: 400, duration: 90, outcome: 'ok' }),
    ];
    assert.deepEqual(attempts(lines, 's2'), ['failed', 'ok']);
    assert.equal(traceOf(lines).status, 'recovered');
  });

  it('with ends only has no duration between two ends', () => {
    const step = stepOf(traceOf([...around, s2({ at: 200, phase: 'end' }), s2({ at: 9000, phase: 'end' })]), 's2');
    assert.equal(step.attempts.length, 2);
    assert.deepEqual([ms(step.duration), step.durationKind], [100, 'inferred']);
  });

  it('whose end is repeated word for word keeps the first end', () => {
    const end: Line = { at: 100, phase: 'end', message: 'done' };
    const step = stepOf(traceOf([s2({ at: 20, phase: 'start' }), s2(end), s2({ ...end, at: 9000 })]), 's2');
    assert.equal(ms(step.duration), 80);
  });

  it('on two threads of one host keeps the threads apart', () => {
    const lines = [
      s2({ at: 20, phase: 'start', thread: 't1' }),
      s2({ at: 30, phase: 'start', thread: 't2' }),
      s2({ at: 70, phase: 'end', thread: 't1' }),
      s2({ at: 900, phase: 'end', thread: 't2' }),
    ];
    const step = stepOf(traceOf(lines), 's2');
    assert.equal(ms(step.duration), 50);
    assert.deepEqual(attempts(lines, 's2'), ['ok', 'ok']);
  });

  it('is one go where a stated duration covers what was measured inside it', () => {
    const lines = [s2({ at: 113, duration: 3 }), s2({ at: 160, duration: 10 }), s2({ at: 500, duration: 400 })];
    assert.deepEqual(attempts(lines, 's2'), ['ok']);
    assert.equal(ms(stepOf(traceOf(lines), 's2').duration), 400);
  });
});

describe('an encloser', () => {
  it('encloses its children though its own end is not logged', () => {
    const lines: Line[] = [
      { stepId: 'p', at: 0, phase: 'start' },
      ...pair('c', 100, 200, { previous: ['p'], meaning: 'encloses', service: 'DB' }),
    ];
    assert.deepEqual(links(lines, 'c'), ['encloses p stated']);
    assert.equal(stepOf(traceOf(lines), 'p').durationKind, 'unknown');
  });

  it('does not enclose what begins at or after its logged end', () => {
    const lines = [...pair('p', 0, 100), ...pair('c', 100, 200, { previous: ['p'], meaning: 'encloses' })];
    assert.deepEqual(links(lines, 'c'), ['follows p stated']);
  });

  it('clips its children: the path never runs in a step before its own start', () => {
    const trace = traceOf([
      ...pair('r', 0, 10),
      ...pair('p', 50, 100, { previous: ['r'] }),
      ...pair('c', 20, 30, { previous: ['p'], meaning: 'encloses' }),
    ]);
    assert.deepEqual(path(trace), ['run r 0..10', 'wait p 10..50', 'run p 50..100']);
  });

  it('has the drag of its own time on the path where the flow leaves through a child', () => {
    const trace = traceOf([
      ...pair('p', 0, 1000),
      ...pair('c', 900, 950, { previous: ['p'], meaning: 'encloses' }),
      ...pair('x', 960, 1100, { previous: ['c'], service: 'X' }),
    ]);
    assert.equal(ms(stepOf(trace, 'p').drag), 900);
    assert.equal(trace.bottleneck!.key, 'p');
  });

  it('merges the two sides of a call, an instant on the far side too', () => {
    const lines = [
      ...pair('s2', 100, 104, { service: 'API' }),
      ...pair('s2', 101, 101, { service: 'Cache', outcome: 'failed' }),
    ];
    assert.equal(attempts(lines, 's2').length, 1);
  });
});

describe('made-up steps', () => {
  it('last up to their last line, whatever a line before says that failed or took time', () => {
    for (const part of [{ phase: 'end', outcome: 'failed' }, { duration: 20 }] satisfies Line[]) {
      const [step] = traceOf([{ at: 0, phase: 'start' }, { at: 60, ...part }, { at: 100 }]).steps;
      assert.deepEqual([ms(step!.start), ms(step!.end), step!.bound], [0, 100, 'atLeast']);
    }
    const [step] = traceOf([
      { at: 0, phase: 'start' },
      { at: 100, phase: 'end' },
    ]).steps;
    assert.deepEqual([ms(step!.end), step!.bound], [100, 'exact']);
  });

  it('are one lane though only some of its records name the type of work', () => {
    const trace = traceOf([
      { at: 0, phase: 'start' },
      { at: 5, stepType: 'LLM' },
      { at: 10, phase: 'end' },
    ]);
    assert.deepEqual(
      durations(trace).map(row => row.slice(1)),
      [[10, 'observed', 'exact']],
    );
  });

  it('are cut where the log names other work', () => {
    const trace = traceOf([
      { at: 0, stepType: 'LLM' },
      { at: 5, stepType: 'LLM' },
      { at: 10, stepType: 'Tool' },
    ]);
    assert.deepEqual(
      trace.steps.map(step => step.stepType),
      ['LLM', 'Tool'],
    );
  });

  it('are cut where the same work was done and timed once more, after the first', () => {
    const timed = (at: number, duration: number): Line => ({ at, stepType: 'Tool', duration });
    assert.deepEqual(
      durations(traceOf([timed(20, 20), timed(90, 50)])).map(row => row.slice(1)),
      [
        [20, 'stated', 'exact'],
        [50, 'stated', 'exact'],
      ],
    );
    // What lies within the longer one is a part of it, and what names no work may be anything.
    assert.equal(traceOf([timed(20, 10), timed(90, 90)]).steps.length, 1);
    const unnamed = [20, 90].map(at => ({ at, duration: 20 }));
    assert.equal(traceOf(unnamed).steps.length, 1);
  });

  it('of a tool call hold its records alone', () => {
    const call = (at: number, toolCallId: string): Line => ({ at, toolCallId });
    const trace = traceOf([{ at: 0 }, call(10, 'call_a'), call(15, 'call_b'), call(30, 'call_a'), call(40, 'call_b')]);
    assert.deepEqual(
      trace.steps.map(step => [ms(step.start), ms(step.end)]),
      [
        [0, 0],
        [10, 30],
        [15, 40],
      ],
    );
  });

  it("never share a key with a step that the log named in this program's own manner", () => {
    const trace = traceOf([...pair('~API#3', 0, 10), { at: 20 }]);
    assert.equal(new Set(trace.steps.map(step => step.key)).size, 2);
  });
});

describe('an end without a start', () => {
  it('runs from the handoff, for what the publisher logs afterwards says nothing of its follower', () => {
    const trace = traceOf([
      ...pair('s1', 0, 100, { service: 'API' }),
      { stepId: 's2', previous: ['s1'], at: 50, service: 'API' },
      { stepId: 's2', previous: ['s1'], at: 120, phase: 'end', service: 'W' },
    ]);
    assert.equal(ms(stepOf(trace, 's2').duration), 70);
  });

  it('does not begin at the stamps of a superfluous duplicate', () => {
    const trace = traceOf([
      ...pair('s1', 0, 100, { host: 'h1' }),
      ...pair('s1', 9000, 9100, { host: 'h2' }),
      { stepId: 's2', previous: ['s1'], at: 9500, phase: 'end', service: 'W' },
    ]);
    assert.equal(ms(stepOf(trace, 's2').duration), 9400);
  });
});

describe('coarse stamps', () => {
  it('relax the comparison with a join', () => {
    const lines: Line[] = [
      ...pair('f', 0, 100, { stepType: 'LLM' }),
      ...pair('a', 9100, 10_200, { stepType: 'Tool: a', previous: ['f'], service: 'A' }),
      ...pair('b', 9100, 10_250, { stepType: 'Tool: b', previous: ['f'], service: 'B' }),
      ...pair('j', 10_000, 11_000, { stepType: 'Context', previous: ['a'], digits: 0 }),
    ];
    assert.deepEqual(links(lines, 'j'), ['follows a stated', 'follows b inferred']);
  });
});

describe('rows', () => {
  it('never put a join before a branch that it joins', () => {
    const trace = traceOf([
      ...pair('F', 0, 10),
      ...pair('a', 20, 100, { previous: ['F'] }),
      ...pair('b', 30, 120, { previous: ['F'] }),
      ...pair('c', 40, 150, { previous: ['F'] }),
      ...pair('j1', 25, 60, { previous: ['a', 'b'] }),
      ...pair('j2', 200, 210, { previous: ['j1', 'c'] }),
    ]);
    const at = (key: string) => trace.steps.findIndex(step => step.key === key);
    assert.ok(at('j1') > at('a') && at('j1') > at('b'));
    assert.equal(at('j2'), 5);
  });
});

describe('without times', () => {
  it('the status does not depend on the names of files', () => {
    for (const [first, second] of [
      ['a.log', 'z.log'],
      ['z.log', 'a.log'],
    ] as const) {
      const trace = traceOf([
        { stepId: 's1', phase: 'end', outcome: 'failed', source: first },
        { stepId: 's2', previous: ['s1'], phase: 'end', outcome: 'ok', source: second },
      ]);
      assert.equal(trace.status, 'recovered', `${first} before ${second}`);
    }
  });

  it('a publisher is told from its worker whatever the files are called', () => {
    for (const worker of ['a.log', 'z.log']) {
      const trace = traceOf([
        { stepId: 's1', phase: 'start', service: 'API', source: 'm.log' },
        { stepId: 's1', phase: 'end', service: 'API', source: 'm.log' },
        { stepId: 's2', previous: ['s1'], service: 'API', source: 'm.log' },
        { stepId: 's2', previous: ['s1'], phase: 'start', service: 'W', source: worker },
        { stepId: 's2', previous: ['s1'], phase: 'end', service: 'W', source: worker },
      ]);
      assert.equal(stepOf(trace, 's2').attempts.length, 1, worker);
    }
  });
});

describe('the status', () => {
  it('is not failed where the flow went on to a step that logs only its end', () => {
    const trace = traceOf([
      { stepId: 's1', at: 0, phase: 'start' },
      { stepId: 's1', at: 100, phase: 'end', outcome: 'failed' },
      { stepId: 's2', at: 200, phase: 'end', previous: ['gone'], service: 'W' },
    ]);
    assert.equal(trace.status, 'recovered');
  });

  it('counts a missing previous step once, however many name it', () => {
    const trace = traceOf([...pair('a', 0, 10, { previous: ['gone'] }), ...pair('b', 20, 30, { previous: ['gone'] })]);
    const note = trace.notes.find(({ kind }) => kind === 'missingPrevious')!;
    assert.match(note.text, /^The previous step "gone" is named/);
  });
});

describe('drag inside an encloser', () => {
  it('is limited by the branch that a stated join waits for as well', () => {
    const inside: Line = { previous: ['p'], meaning: 'encloses' };
    const lines: Line[] = [
      ...pair('p', 0, 1000),
      ...pair('a', 10, 900, { ...inside, service: 'A' }),
      ...pair('b', 10, 890, { ...inside, service: 'B' }),
      ...pair('j', 900, 950, { ...inside, service: 'J' }),
      { stepId: 'j', previous: ['a', 'b'], meaning: 'follows', at: 900, service: 'J' },
    ];
    const trace = traceOf(lines);
    assert.equal(ms(stepOf(trace, 'a').drag), 10);
  });

  it('is limited by a long sibling beside a series', () => {
    const inside: Line = { previous: ['p'], meaning: 'encloses' };
    const trace = traceOf([
      ...pair('p', 0, 100),
      ...pair('a', 10, 40, { ...inside, service: 'A' }),
      ...pair('c', 45, 90, { ...inside, service: 'C' }),
      ...pair('b', 12, 80, { ...inside, service: 'B' }),
    ]);
    assert.equal(ms(stepOf(trace, 'a').drag), 10);
    assert.equal(ms(stepOf(trace, 'p').drag), 25);
  });
});

describe('records at the border of two steps on one service', () => {
  it('stay with the step that the order of lines gives them to', () => {
    const trace = traceOf([
      { stepId: 's1', at: 0 },
      { stepId: 's1', at: 1000 },
      { stepId: 's2', previous: ['s1'], at: 1000 },
      { stepId: 's2', previous: ['s1'], at: 3000 },
      { stepId: 's3', previous: ['s2'], at: 3000 },
      { stepId: 's3', previous: ['s2'], at: 6000 },
    ]);
    assert.deepEqual(
      trace.steps.map(step => ms(step.duration)),
      [1000, 2000, 3000],
    );
  });

  it("leave a handoff written just before its publisher's only line a handoff", () => {
    const trace = traceOf([
      { stepId: 's2', previous: ['s1'], at: 100, service: 'A' },
      { stepId: 's1', at: 100, phase: 'end', service: 'A' },
      { stepId: 's2', previous: ['s1'], at: 500, duration: 300, service: 'B' },
    ]);
    assert.equal(ms(stepOf(trace, 's2').wait), 100);
  });
});

describe('a trace whose records name several users', () => {
  it('shows the first and notes the others', () => {
    const trace = traceOf([
      { at: 0, userId: 'ua' },
      { at: 1, userId: 'ub' },
    ]);
    assert.equal(trace.userId, 'ua');
    assert.deepEqual(
      trace.notes.map(note => [note.kind, note.count]),
      [['severalValues', 2]],
    );
  });
});

describe("a step's attributes", () => {
  it('are the first of each name, whatever a log calls them', () => {
    const attributes = [
      { name: '__proto__', value: 'hostile' },
      { name: 'page', value: '1' },
      { name: 'page', value: '2' },
    ];
    const step = stepOf(traceOf([{ stepId: 's', at: 0, attributes }]), 's');
    assert.deepEqual(Object.entries(step.attributes), [
      ['__proto__', 'hostile'],
      ['page', '1'],
    ]);
  });
});
