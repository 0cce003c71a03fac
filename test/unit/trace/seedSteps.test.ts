import assert from 'node:assert/strict';
import { stepList } from '../../../src/common/export/stepList';
import { traceDocument } from '../../../src/common/export/traceDocument';
import { nothingCounted } from '../../../src/common/protocol/completeness';
import { durations, type Line, pair, path, stepOf, traceOf } from './traceOf';

const steps = [
  ['s1', 'Context Management', 'API', 120],
  ['s2', 'LLM Inference', 'Worker1', 8400],
  ['s3', 'Context Management', 'Worker2', 970],
  ['s4', 'Tool execution', 'Worker3', 2100],
  ['s5', 'Context Management', 'Worker2', 160],
  ['s6', 'Result', 'API', 90],
] as const;

/** Lines for the six steps, each begun `wait` ms after the one before it had ended. */
function linesOf(wait: number, linesOfStep: (step: Line, start: number, end: number) => Line[]): Line[] {
  let clock = 0;
  return steps.flatMap(([stepId, stepType, service, duration], index) => {
    const previous = index === 0 ? [] : [steps[index - 1]![0]];
    const start = index === 0 ? 0 : clock + wait;
    clock = start + duration;
    return linesOfStep({ stepId, stepType, service, previous }, start, clock);
  });
}

const expectedList = [
  'Step 1  Context Management  120ms',
  'Step 2  LLM Inference       8.4s',
  'Step 3  Context Management  970ms',
  'Step 4  Tool execution      2.1s',
  'Step 5  Context Management  160ms',
  'Step 6  Result              90ms',
].join('\n');

describe("the seed's six steps", () => {
  it('come out exactly from end records with stated durations', () => {
    const trace = traceOf(linesOf(0, (step, start, end) => [{ ...step, at: end, duration: end - start }]));
    assert.equal(stepList(traceDocument(trace, nothingCounted)), expectedList);
    assert.deepEqual(
      durations(trace),
      steps.map(([id, , , duration]) => [id, duration, 'stated', 'exact']),
    );
    assert.equal(trace.duration! / 1e6, 11_840);
    assert.equal(trace.status, 'ok');
  });

  it('come out exactly from stated durations without any time', () => {
    const trace = traceOf(linesOf(0, (step, start, end) => [{ ...step, duration: end - start }]));
    assert.equal(stepList(traceDocument(trace, nothingCounted)), expectedList);
    assert.equal(trace.criticalPath, null);
    assert.deepEqual(
      trace.notes.map(note => note.kind),
      ['untimed'],
    );
  });

  it('come out exactly from pairs of start and end with queue waits of 5 s between them', () => {
    const trace = traceOf(
      linesOf(5000, (step, start, end) => [
        { ...step, at: start, phase: 'start' },
        { ...step, at: end, phase: 'end' },
      ]),
    );
    assert.equal(stepList(traceDocument(trace, nothingCounted)), expectedList);
    assert.deepEqual(
      durations(trace),
      steps.map(([id, , , duration]) => [id, duration, 'observed', 'exact']),
    );
    assert.deepEqual(
      trace.steps.map(step => step.wait && step.wait / 1e6),
      [null, 5000, 5000, 5000, 5000, 5000],
    );
    assert.deepEqual(path(trace)!.slice(0, 4), [
      'run s1 0..120',
      'wait s2 120..5120',
      'run s2 5120..13520',
      'wait s3 13520..18520',
    ]);
    assert.equal(trace.bottleneck!.key, 's2');
    assert.equal(trace.bottleneck!.drag / 1e6, 8400);
  });

  it('say atMost where only starts are logged, up to the next logged stamp', () => {
    const trace = traceOf(linesOf(5000, (step, start) => [{ ...step, at: start, phase: 'start' }]));
    assert.deepEqual(durations(trace), [
      ['s1', 5120, 'inferred', 'atMost'],
      ['s2', 13_400, 'inferred', 'atMost'],
      ['s3', 5970, 'inferred', 'atMost'],
      ['s4', 7100, 'inferred', 'atMost'],
      ['s5', 5160, 'inferred', 'atMost'],
      ['s6', null, 'unknown', null],
    ]);
    assert.deepEqual(new Set(trace.criticalPath!.segments.map(segment => segment.kind)), new Set(['elapsed']));
  });

  it('say atMost where only ends are logged, from the previous logged stamp', () => {
    const trace = traceOf(linesOf(5000, (step, _start, end) => [{ ...step, at: end, phase: 'end' }]));
    assert.deepEqual(durations(trace), [
      ['s1', null, 'unknown', null],
      ['s2', 13_400, 'inferred', 'atMost'],
      ['s3', 5970, 'inferred', 'atMost'],
      ['s4', 7100, 'inferred', 'atMost'],
      ['s5', 5160, 'inferred', 'atMost'],
      ['s6', 5090, 'inferred', 'atMost'],
    ]);
  });
});

describe('a fan-in that names one of three branches', () => {
  const branches = (named: string[]): Line[] => [
    ...pair('llm', 0, 100, { stepType: 'LLM Inference' }),
    ...pair('a', 110, 200, { stepType: 'Tool: a', previous: ['llm'], service: 'W1' }),
    ...pair('b', 110, 300, { stepType: 'Tool: b', previous: ['llm'], service: 'W2' }),
    ...pair('c', 120, 250, { stepType: 'Tool: c', previous: ['llm'], service: 'W3' }),
    ...pair('audit', 110, 130, { stepType: 'Observability', previous: ['llm'], service: 'O' }),
    ...pair('join', 310, 400, { stepType: 'Context', previous: named }),
  ];

  it('gets inferred links to the siblings of the same kind, and to no side branch', () => {
    const join = stepOf(traceOf(branches(['a'])), 'join');
    assert.deepEqual(
      join.previousSteps.map(link => [link.key, link.evidence]),
      [
        ['a', 'stated'],
        ['b', 'inferred'],
        ['c', 'inferred'],
      ],
    );
  });

  it('has the same rows as the fan-in that names all: branches one deeper before the join at the depth of the fork', () => {
    for (const named of [['a'], ['a', 'b', 'c']]) {
      const trace = traceOf(branches(named));
      assert.deepEqual(
        trace.steps.map(step => [step.key, step.depth]),
        [
          ['llm', 0],
          ['a', 1],
          ['b', 1],
          ['audit', 1],
          ['c', 1],
          ['join', 0],
        ],
      );
    }
  });

  it('puts the latest branch on the path and says what limits the gain', () => {
    const trace = traceOf(branches(['a', 'b', 'c']));
    assert.deepEqual(path(trace), [
      'run llm 0..100',
      'wait b 100..110',
      'run b 110..300',
      'wait join 300..310',
      'run join 310..400',
    ]);
    assert.equal(stepOf(trace, 'b').drag! / 1e6, 50);
    assert.equal(trace.bottleneck!.key, 'llm');
  });
});

describe('a step that was delivered twice', () => {
  it('whose first worker crashed is one step with two attempts, the crashed one failed', () => {
    const trace = traceOf([
      ...pair('s1', 0, 100),
      { stepId: 's2', previous: ['s1'], at: 150, phase: 'start', service: 'Worker', host: 'w1' },
      { stepId: 's2', previous: ['s1'], at: 5150, phase: 'start', service: 'Worker', host: 'w2' },
      { stepId: 's2', previous: ['s1'], at: 6000, phase: 'end', service: 'Worker', host: 'w2' },
      ...pair('s3', 6010, 6020, { previous: ['s2'] }),
    ]);
    const step = stepOf(trace, 's2');
    assert.equal(trace.steps.length, 3);
    assert.deepEqual(
      step.attempts.map(({ host, status, releasing }) => [host, status, releasing]),
      [
        ['w1', 'failed', false],
        ['w2', 'ok', true],
      ],
    );
    assert.equal(step.start! / 1e6, 5150);
    assert.equal(step.duration! / 1e6, 850);
    assert.equal(step.wait! / 1e6, 50, 'the wait ends at the first attempt');
    assert.equal(trace.status, 'recovered');
    assert.deepEqual(path(trace), [
      'run s1 0..100',
      'wait s2 100..150',
      'elapsed s2 150..5150',
      'run s2 5150..6000',
      'wait s3 6000..6010',
      'run s3 6010..6020',
    ]);
  });

  it('and done again after success does not extend the trace', () => {
    const trace = traceOf([
      ...pair('s1', 0, 100),
      ...pair('s2', 150, 250, { previous: ['s1'], service: 'Worker', host: 'w1' }),
      ...pair('s3', 260, 300, { previous: ['s2'] }),
      ...pair('s2', 9000, 9100, { service: 'Worker', host: 'w2' }),
    ]);
    assert.equal(stepOf(trace, 's2').end! / 1e6, 250);
    assert.equal(trace.criticalPath!.until, 's3');
    assert.equal(trace.status, 'ok');
    assert.deepEqual(
      trace.notes.map(note => note.kind),
      ['duplicate'],
    );
  });
});

describe("a publisher's line that carries the next step's id", () => {
  it("begins the next step's wait, not its work", () => {
    const trace = traceOf([
      ...pair('s1', 0, 100, { service: 'API' }),
      { stepId: 's2', previous: ['s1'], at: 90, service: 'API', message: 'Publishing execution message' },
      ...pair('s2', 3000, 4000, { previous: ['s1'], service: 'Worker' }),
    ]);
    const step = stepOf(trace, 's2');
    assert.equal(step.start! / 1e6, 3000);
    assert.equal(step.duration! / 1e6, 1000);
    assert.equal(step.wait! / 1e6, 2910);
    assert.equal(step.service, 'Worker');
    assert.equal(step.attempts.length, 1);
    assert.deepEqual(path(trace), ['run s1 0..90', 'wait s2 90..3000', 'run s2 3000..4000']);
  });

  it('is a handoff too where publisher and worker are one service', () => {
    const trace = traceOf([
      ...pair('s1', 0, 100, { service: 'Worker' }),
      { stepId: 's2', previous: ['s1'], at: 99, service: 'Worker' },
      ...pair('s2', 1000, 1500, { previous: ['s1'], service: 'Worker' }),
    ]);
    assert.equal(stepOf(trace, 's2').duration! / 1e6, 500);
    assert.equal(stepOf(trace, 's2').wait! / 1e6, 901);
  });

  it('that nobody consumed is a step without work, with a note', () => {
    const trace = traceOf([
      { stepId: 's1', at: 0, phase: 'start' },
      { stepId: 's2', previous: ['s1'], at: 50, message: 'Publishing' },
      { stepId: 's1', at: 100, phase: 'end' },
    ]);
    assert.equal(stepOf(trace, 's2').start, null);
    assert.deepEqual(
      trace.notes.map(note => note.kind),
      ['neverConsumed'],
    );
  });
});

describe("the seed's bracketed lines without times", () => {
  it('are one trace in the order of the file, with a note', () => {
    const trace = traceOf([
      { service: 'API', message: 'API request received' },
      { service: 'API', message: 'Publishing execution message' },
      { service: 'Worker1', message: 'LLM step started', phase: 'start' },
      { service: 'Worker2', message: 'Tool execution completed', phase: 'end' },
      { service: 'Worker2', message: 'Agent execution finished', phase: 'end' },
    ]);
    assert.deepEqual(
      trace.steps.map(step => [step.service, step.depth, step.records.length]),
      [
        ['API', 0, 2],
        ['Worker1', 0, 1],
        ['Worker2', 0, 2],
      ],
    );
    assert.deepEqual(trace.services, ['API', 'Worker1', 'Worker2']);
    assert.equal(trace.duration, null);
    assert.equal(trace.criticalPath, null);
    assert.deepEqual(
      trace.notes.map(note => [note.kind, note.count]),
      [['untimed', 5]],
    );
    assert.deepEqual(
      trace.steps.map(step => step.previousSteps.map(link => link.evidence)),
      [[], ['inferred'], ['inferred']],
    );
  });
});
