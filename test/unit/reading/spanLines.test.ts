import assert from 'node:assert/strict';
import type { LogRecord } from '../../../src/common/model/logRecord';
import { assembleTrace } from '../../../src/common/trace/assembleTrace';
import { recordsOf } from './readLine';

const clock = (second: number) => `2026-03-02 10:15:${String(second).padStart(2, '0')}.000`;

/** Calls as `start end words caller->span`, in seconds of a minute, the inner ones first. */
const calls: [from: number, to: number, trace: string, service: string, caller: string, span: string][] = [
  [4, 5, 'order-7', 'stock', 'b1', 'c1'],
  [3, 6, 'order-7', 'cart', 'a1', 'b1'],
  [7, 9, 'order-7', 'mail', 'a1', 'd1'],
  [2, 10, 'order-7', 'shop', 'null', 'a1'],
  [12, 13, 'order-8', 'cart', 'a2', 'b2'],
  [11, 14, 'order-8', 'shop', 'null', 'a2'],
];
type Call = (typeof calls)[number];

const layouts: Record<string, (...call: Call) => string> = {
  'trace and service before the arrow': (from, to, trace, service, caller, span) =>
    `${clock(from)} ${clock(to)} ${trace} ${service} ${caller}->${span}`,
  'service and trace before it, parted by tabs, with blanks around it': (from, to, trace, service, caller, span) =>
    `${clock(from)}\t${clock(to)}\t${service}\t${trace}\t${caller} -> ${span}`,
  'stamps of another layout': (from, to, trace, service, caller, span) =>
    `${clock(from).replace(' ', 'T')}Z ${clock(to).replace(' ', 'T')}Z ${trace} ${service} ${caller}->${span}`,
};

const told = ({ correlationIds, service, stepId, previous, time, duration, timeIs }: LogRecord) => [
  correlationIds.map(({ id }) => id).join(),
  service,
  stepId,
  previous.map(({ id }) => id).join(),
  time && Number(time.at / 1_000_000_000n) % 60,
  duration === null ? null : duration / 1e9,
  timeIs,
];

describe('lines of two stamps and an arrow', () => {
  for (const [name, line] of Object.entries(layouts)) {
    it(`are calls under their callers: ${name}`, () => {
      const records = recordsOf(calls.map(call => `${line(...call)}\n`).join(''));
      assert.deepEqual(
        records.map(told),
        calls.map(([from, to, trace, service, caller, span]) => [
          trace,
          service,
          span,
          caller === 'null' ? '' : caller,
          from,
          to - from,
          'start',
        ]),
      );
    });
  }

  it('give the tree of a trace', () => {
    const text = calls.map(call => `${layouts['trace and service before the arrow']!(...call)}\n`).join('');
    const records = recordsOf(text).filter(({ correlationIds }) => correlationIds[0]?.id === 'order-7');
    const { steps } = assembleTrace({ correlationId: 'order-7', records });
    assert.deepEqual(
      steps.map(({ service, depth, previousSteps: [to] }) => [service, depth, to?.meaning, to?.stepId]),
      [
        ['shop', 0, undefined, undefined],
        ['cart', 1, 'encloses', 'a1'],
        ['stock', 2, 'encloses', 'b1'],
        ['mail', 1, 'encloses', 'a1'],
      ],
    );
  });

  it('are no calls where the arrows make no trees', () => {
    const visits = ['home->cart', 'cart->home', 'home->cart', 'cart->pay', 'null->home'];
    const text = visits.map((arrow, at) => `${clock(at)} ${clock(at + 1)} user-${at % 2} web ${arrow}\n`).join('');
    for (const record of recordsOf(text)) assert.deepEqual([record.stepId, record.previous], [null, []]);
  });

  it('are no calls where a caller is missing or the end is before the start', () => {
    const line = layouts['trace and service before the arrow']!;
    const lost = calls.filter(([, , , , , span]) => span !== 'b1').map(call => `${line(...call)}\n`);
    for (const record of recordsOf(lost.join(''))) assert.equal(record.stepId, null);
    const [record] = recordsOf(`${line(9, 2, 'order-7', 'shop', 'null', 'a1')}\n`);
    assert.equal(record?.duration, null);
  });
});
