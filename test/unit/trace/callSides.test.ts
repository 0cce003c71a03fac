import assert from 'node:assert/strict';
import type { Attempt } from '../../../src/common/model/trace';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { correlationId, type Line, recordsOf, stepOf, traceOf } from './traceOf';

const kind = (value: string, name = 'span.kind'): Line => ({ attributes: [{ name, value }] });
const span = (stepId: string, from: number, to: number, rest: Line): Line => ({
  stepId,
  at: from,
  duration: to - from,
  timeIs: 'start',
  meaning: 'encloses',
  ...rest,
});
const times = ({ service, start, end }: Pick<Attempt, 'service' | 'start' | 'end'>) => [
  service,
  start! / 1e6,
  end! / 1e6,
];
const summary = ({ sides, ...attempt }: Attempt) => [times(attempt), sides.map(times)];

describe('the two sides of a call under one span ID', () => {
  const client = span('call', 65, 160, { service: 'A', host: 'h1', previous: ['root'] });
  const server = span('call', 0, 94, { service: 'B', host: 'h2', previous: ['root'] });
  const around = [
    span('root', 62, 162, { service: 'A', host: 'h1' }),
    span('work', 1, 66, { service: 'B', host: 'h2', previous: ['call'] }),
  ];
  const expected = [[['A', 65, 160], [['B', 0, 94]]]];

  for (const [name, mine, theirs] of [
    ['Zipkin’s kinds', kind('CLIENT', 'kind'), kind('SERVER', 'kind')],
    ['OpenTelemetry’s kinds', kind('SPAN_KIND_CLIENT', 'kind'), kind('SPAN_KIND_SERVER', 'kind')],
    ['the numbers of those kinds', kind('3', 'kind'), kind('2', 'kind')],
    ['tags of OpenTracing', kind('client', 'tags.span.kind'), kind('server', 'tags.span.kind')],
    ['the flag of a shared span alone', {}, kind('true', 'shared')],
  ] as const) {
    it(`are told apart where their clocks are off, by ${name}`, () => {
      const trace = traceOf([...around, { ...client, ...mine }, { ...server, ...theirs }]);
      const call = stepOf(trace, 'call');
      assert.deepEqual(call.attempts.map(summary), expected);
      assert.deepEqual([call.service, call.host, call.duration], ['A', 'h1', 95e6]);
      assert.deepEqual(
        trace.notes.map(note => note.kind),
        ['effectBeforeCause', 'clockOffset'],
      );
      assert.equal(trace.clockOffsets[0]!.host, 'h2');
    });
  }

  it('keep the caller’s times as they are when the other clock is put right', () => {
    const lines = [...around, { ...client, ...kind('client') }, { ...server, ...kind('server') }];
    const { clockOffsets } = traceOf(lines);
    const offsets = new Map(clockOffsets.map(({ host, suggested }) => [host, suggested]));
    const trace = assembleTrace({ correlationId, records: recordsOf(lines), clockOffsets: offsets });
    assert.deepEqual(
      trace.steps.map(({ key, clockOffset }) => [key, clockOffset !== null]),
      [
        ['root', false],
        ['call', false],
        ['work', true],
      ],
    );
    const [attempt] = stepOf(trace, 'call').attempts;
    const [side] = attempt!.sides;
    assert.ok(attempt!.start! <= side!.start! && side!.end! <= attempt!.end!, 'the server stands inside its client');
    assert.equal(trace.criticalPath?.until, 'root');
  });

  it('are measured until the caller’s end, not that of the one whose clock is behind', () => {
    const trace = traceOf([...around, { ...client, ...kind('client') }, { ...server, ...kind('server') }]);
    assert.equal(trace.criticalPath?.until, 'root');
  });

  it('are two goes where nothing says which is which and neither contains the other', () => {
    const call = stepOf(traceOf([...around, client, server]), 'call');
    assert.deepEqual(call.attempts.map(summary), [
      [['B', 0, 94], []],
      [['A', 65, 160], []],
    ]);
  });

  it('are one go with the inner side inside it where their clocks agree, whatever the kinds', () => {
    const inner = span('call', 70, 150, { service: 'B', host: 'h2', previous: ['root'] });
    const call = stepOf(traceOf([span('root', 0, 200, { service: 'A' }), client, inner]), 'call');
    assert.deepEqual(call.attempts.map(summary), [[['A', 65, 160], [['B', 70, 150]]]]);
    assert.deepEqual([call.start, call.duration, call.records.length], [65e6, 95e6, 2]);
  });

  it('stay with their own go where a call is tried again', () => {
    const again = [
      { ...client, ...kind('client'), outcome: 'failed' as const },
      { ...server, ...kind('server'), outcome: 'failed' as const },
      { ...span('call', 200, 300, { service: 'A', host: 'h1' }), ...kind('client'), outcome: 'ok' as const },
      { ...span('call', 140, 230, { service: 'B', host: 'h2' }), ...kind('server'), outcome: 'ok' as const },
    ];
    const call = stepOf(traceOf([...around, ...again]), 'call');
    assert.deepEqual(call.attempts.map(summary), [
      [['A', 65, 160], [['B', 0, 94]]],
      [['A', 200, 300], [['B', 140, 230]]],
    ]);
    assert.deepEqual(
      call.attempts.map(({ releasing }) => releasing),
      [false, true],
    );
  });

  it('are no call where one produces a message and the other consumes it', () => {
    const lines = [
      { ...span('m', 0, 10, { service: 'A' }), ...kind('producer') },
      { ...span('m', 500, 520, { service: 'B' }), ...kind('consumer') },
    ];
    assert.equal(stepOf(traceOf(lines), 'm').attempts.length, 2);
  });
});
