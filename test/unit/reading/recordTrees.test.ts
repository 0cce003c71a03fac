import assert from 'node:assert/strict';
import { unfold } from '../../../src/common/formats/json/unfold';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { attribute, idsOf, pretty, readDocument, trace } from './jsonDocument';

const at = (ms: number) => new Date(Date.UTC(2026, 2, 2, 10, 15, 0, ms)).toISOString();
const epoch = (ms: number) => Date.UTC(2026, 2, 2, 10, 15, 0, ms) / 1000;

/** `<step ID> <step type> < parents, s` of each record. */
const stepsOf = (text: string) =>
  readDocument(text).records.map(({ stepId, stepType, previous, duration }) => {
    const parents = previous.map(({ id, meaning }) => `${meaning} ${id}`).join(' ');
    return `${stepId} ${stepType} ${Number(duration) / 1e6} ${parents}`.trimEnd();
  });

const segment = {
  trace_id: '1-69a56454-0d3f6b8e4a2c1d9f7e6b5a43',
  id: '53995c3f42cd8ad8',
  name: 'shop',
  user: 'u-77',
  start_time: epoch(0),
  end_time: epoch(900),
  subsegments: [
    { id: '6b27f1106fd0fafd', name: 'validate', start_time: epoch(10), end_time: epoch(30) },
    {
      id: '70de5b6f19ff9a0b',
      name: 'payments.example.com',
      start_time: epoch(40),
      end_time: epoch(880),
      fault: true,
      http: { response: { status: 504 } },
      cause: { exceptions: [{ id: 'aa11bb22cc33dd44', message: 'timed out' }] },
      subsegments: [{ id: '8899aabbccddeeff', name: 'attempt', start_time: epoch(50), end_time: epoch(800) }],
    },
  ],
};

describe('records that hold their own steps', () => {
  for (const text of [pretty(segment), JSON.stringify(segment), pretty([segment])])
    it(`X-Ray's subsegments are steps of their segment's service, with its group and user: ${text.length} characters`, () => {
      assert.deepEqual(stepsOf(text), [
        '53995c3f42cd8ad8 shop 900',
        '6b27f1106fd0fafd validate 20 encloses 53995c3f42cd8ad8',
        '70de5b6f19ff9a0b payments.example.com 840 encloses 53995c3f42cd8ad8',
        '8899aabbccddeeff attempt 750 encloses 70de5b6f19ff9a0b',
      ]);
      const { records } = readDocument(text);
      assert.deepEqual(new Set(idsOf(records)), new Set([segment.trace_id]));
      assert.deepEqual(new Set(records.map(({ userId, service }) => `${userId} ${service}`)), new Set(['u-77 shop']));
      assert.deepEqual(
        records.map(({ outcome }) => outcome),
        [null, null, 'failed', null],
      );
    });

  it('runs with child runs, which the run itself does not say; the root groups them where nothing else does', () => {
    const run = (id: string, from: number, to: number, children: object[]) => ({
      id: `a1b2c3d4-1111-4222-8333-00000000000${id}`,
      name: `run ${id}`,
      run_type: 'chain',
      start_time: at(from),
      end_time: at(to),
      child_runs: children,
      error: id === '2' ? 'RateLimitError' : null,
    });
    const tree = run('1', 0, 900, [run('2', 10, 300, [run('3', 20, 200, [])]), run('4', 310, 880, [])]);
    const { records, textOf } = readDocument(pretty(tree));
    assert.deepEqual(new Set(idsOf(records)), new Set(['a1b2c3d4-1111-4222-8333-000000000001']));
    assert.deepEqual(
      records.map(({ exception }) => exception),
      [null, 'RateLimitError', null, null],
    );
    assert.deepEqual(
      records.map(record => JSON.parse(textOf(record)).name),
      ['run 1', 'run 2', 'run 3', 'run 4'],
    );
    const { steps } = assembleTrace({ correlationId: 'a1b2c3d4-1111-4222-8333-000000000001', records });
    assert.deepEqual(
      steps.map(({ stepType, depth }) => `${stepType} ${depth}`),
      ['run 1 0', 'run 2 1', 'run 3 2', 'run 4 1'],
    );
  });

  it('steps without IDs are called by their place', () => {
    const step = (name: string, from: number, to: number, spans: object[] = []) => ({
      name,
      start_time: at(from),
      end_time: at(to),
      spans,
    });
    const tree = {
      trace_id: trace,
      ...step('run', 0, 900, [step('plan', 1, 400, [step('ask', 2, 300)]), step('do', 401, 899)]),
    };
    assert.deepEqual(stepsOf(JSON.stringify(tree)), [
      '#0 run 900',
      '#0.spans.0 plan 399 encloses #0',
      '#0.spans.0.spans.0 ask 298 encloses #0.spans.0',
      '#0.spans.1 do 498 encloses #0',
    ]);
  });

  it('fields behind the steps are where they stand', () => {
    const text = JSON.stringify({ ...segment, origin: 'AWS::Lambda::Function' });
    const [root] = readDocument(text).read;
    const field = root?.fields.find(({ name }) => name === 'origin');
    assert.equal(text.slice(field?.start, field?.end), 'AWS::Lambda::Function');
    assert.equal(attribute(root?.record, 'subsegments.0.name'), undefined);
  });

  it('of any depth and number take their time but once', function () {
    this.timeout(20_000);
    const levels = 20_000;
    const ids = Array.from({ length: levels }, (_, level) => `{"id":"s${level}","start_time":"${at(0)}","children":[`);
    const deep = unfold(`${ids.join('')}${']}'.repeat(levels)}`);
    assert.equal(deep?.length, levels);
    assert.ok(deep?.every(({ inherited }) => inherited.length <= 3));
    const wide = {
      id: 'root',
      trace_id: trace,
      start_time: at(0),
      children: Array.from({ length: 50_000 }, (_, n) => ({ id: `s${n}`, start_time: at(n) })),
    };
    assert.equal(unfold(JSON.stringify(wide))?.length, 50_001);
  });
});
