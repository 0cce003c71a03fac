import assert from 'node:assert/strict';
import type { Trace } from '../../../src/common/model/trace';
import { type Line, pair, stepOf, traceOf } from './traceOf';

/** What a step follows, as `meaning evidence key`. */
const links = (trace: Trace, key: string) =>
  stepOf(trace, key).previousSteps.map(({ key, meaning, evidence }) => `${meaning} ${evidence} ${key}`);

/** A step of one service with start and end, whose records carry the fields in `rest`. */
const work = (stepId: string, service: string, from: number, to: number, rest: Line = {}): Line[] =>
  pair(stepId, from, to, { service, source: `/logs/${service}.log`, ...rest });

const says = (stepId: string, service: string, at: number, message: string, rest: Line = {}): Line => ({
  stepId,
  service,
  source: `/logs/${service}.log`,
  at,
  message,
  ...rest,
});

describe('Links that shared IDs prove', () => {
  it('a step that takes a message up follows the one that published it, not the one that ended last', () => {
    const trace = traceOf([
      ...work('order', 'Shop', 0, 100),
      says('order', 'Shop', 20, 'Published order.created', { messageId: 'm-11' }),
      ...work('mail', 'Mailer', 30, 90),
      says('stock', 'Stock', 120, 'Received order.created', { messageId: 'm-11' }),
      ...work('stock', 'Stock', 121, 150),
    ]);
    assert.deepEqual(links(trace, 'stock'), ['follows joined order']);
  });

  it('every subscriber that says it consumed the message follows its publisher', () => {
    const trace = traceOf([
      says('order', 'Shop', 0, 'enqueued order.created', { messageId: 'm-11' }),
      says('a', 'Stock', 10, 'Dequeued order.created', { messageId: 'm-11' }),
      says('b', 'Mailer', 20, 'Processing order.created', { messageId: 'm-11' }),
      says('c', 'Ledger', 30, 'consumed order.created', { messageId: 'M-11' }),
    ]);
    for (const key of ['a', 'b', 'c']) assert.deepEqual(links(trace, key), ['follows joined order'], key);
  });

  it('the operation of messaging spans tells the sides, whatever their messages say', () => {
    const operation = (value: string) => ({ attributes: [{ name: 'messaging.operation.type', value }] });
    const trace = traceOf([
      ...work('x', 'Other', 1, 2),
      says('consumer', 'Stock', 50, 'orders', { messageId: 'm-11', ...operation('process') }),
      says('producer', 'Shop', 0, 'orders', { messageId: 'm-11', ...operation('publish') }),
    ]);
    assert.deepEqual(links(trace, 'consumer'), ['follows joined producer']);
  });

  it('without words the first step that has the message published it', () => {
    const trace = traceOf([
      says('order', 'Shop', 0, 'order.created', { messageId: 'm-11' }),
      ...work('other', 'Other', 2, 4),
      says('stock', 'Stock', 10, 'order.created', { messageId: 'm-11' }),
    ]);
    assert.deepEqual(links(trace, 'stock'), ['follows joined order']);
  });

  it('an ID that is handed on through all steps makes no star of a series', () => {
    const trace = traceOf([
      ...work('a', 'A', 0, 10, { messageId: 'm-1' }),
      ...work('b', 'B', 20, 30, { messageId: 'm-1' }),
      ...work('c', 'C', 40, 50, { messageId: 'm-1' }),
    ]);
    assert.deepEqual(links(trace, 'b'), ['follows joined a']);
    assert.deepEqual(links(trace, 'c'), ['follows inferred b']);
  });

  it('what the log states wins', () => {
    const trace = traceOf([
      says('order', 'Shop', 0, 'Published order.created', { messageId: 'm-11' }),
      ...work('bridge', 'Bridge', 2, 4),
      says('stock', 'Stock', 10, 'Received order.created', { messageId: 'm-11', previous: ['bridge'] }),
    ]);
    assert.deepEqual(links(trace, 'stock'), ['follows stated bridge']);
  });

  it('a step with a stated encloser still follows the publisher of its message', () => {
    const trace = traceOf([
      ...work('run', 'Agent', 0, 100),
      says('order', 'Shop', 5, 'Sent order.created', { messageId: 'm-11' }),
      ...work('stock', 'Stock', 20, 40, { messageId: 'm-11', previous: ['run'], meaning: 'encloses' }),
    ]);
    assert.deepEqual(links(trace, 'stock'), ['encloses stated run', 'follows joined order']);
  });

  it('never against time, but for a stamp that is coarse', () => {
    const against = (digits: number) =>
      traceOf([
        says('stock', 'Stock', 2000, 'Received order.created', { messageId: 'm-11', digits }),
        says('order', 'Shop', 2400, 'Published order.created', { messageId: 'm-11' }),
      ]);
    assert.deepEqual(links(against(3), 'stock'), []);
    assert.deepEqual(links(against(0), 'stock'), ['follows joined order']);
  });

  it('records without step IDs and times are joined by what they say of the message', () => {
    const line = (service: string, message: string): Line => ({
      service,
      source: `/logs/${service}.log`,
      message,
      messageId: 'm-11',
    });
    const trace = traceOf([line('Stock', 'Received order.created'), line('Web', 'Published order.created')]);
    const [stock, web] = ['~Stock#1', '~Web#2'];
    assert.deepEqual(links(trace, stock), [`follows joined ${web}`]);
    assert.deepEqual(links(trace, web), []);
  });

  it('a reply follows the step that had the message it names', () => {
    const reply = (name: string): Line => ({ attributes: [{ name, value: 'm-11' }] });
    for (const name of ['correlation-id', 'properties.correlation_id', 'NServiceBus.RelatedTo', 'inReplyTo']) {
      const trace = traceOf([
        ...work('ask', 'Shop', 0, 10, { messageId: 'm-11' }),
        ...work('other', 'Other', 12, 14),
        says('take', 'Desk', 30, 'prices are here', { messageId: 'm-12', ...reply(name) }),
      ]);
      assert.deepEqual(links(trace, 'take'), ['follows joined ask'], name);
    }
  });

  it('an ID beside the message that every step carries is no reply', () => {
    const carried: Line = { attributes: [{ name: 'correlation-id', value: 'm-1' }] };
    const trace = traceOf([
      ...work('a', 'A', 0, 10, { messageId: 'm-1', ...carried }),
      ...work('b', 'B', 20, 30, { messageId: 'm-2', ...carried }),
      ...work('c', 'C', 40, 50, { messageId: 'm-3', ...carried }),
    ]);
    assert.deepEqual(links(trace, 'c'), ['follows inferred b']);
  });

  it('a pointer that names a message leads to the step that had it instead of a missing one', () => {
    const trace = traceOf([
      ...work('order', 'Shop', 0, 10, { messageId: 'm-11' }),
      ...work('stock', 'Stock', 20, 30, { previous: ['m-11'] }),
      ...work('gone', 'Stock', 40, 50, { previous: ['m-99'] }),
    ]);
    assert.deepEqual(links(trace, 'stock'), ['follows joined order']);
    assert.deepEqual(links(trace, 'gone'), ['follows stated ?m-99']);
    assert.equal(trace.notes.find(({ kind }) => kind === 'missingPrevious')?.count, 1);
  });

  it('a step that names the message it took up as its cause follows the publisher, not itself', () => {
    const trace = traceOf([
      says('order', 'Shop', 0, 'Published order.created', { messageId: 'm-11' }),
      ...work('stock', 'Stock', 20, 30, { messageId: 'm-11', previous: ['m-11'] }),
    ]);
    assert.deepEqual(links(trace, 'stock'), ['follows joined order']);
  });

  it('a joined link that closes a loop yields to the stated ones', () => {
    const trace = traceOf([
      says('a', 'A', 0, 'Published x', { messageId: 'm-1', previous: ['b'], meaning: 'encloses' }),
      says('b', 'B', 10, 'progress', { previous: ['c'], meaning: 'encloses' }),
      says('c', 'C', 20, 'Received x', { messageId: 'm-1' }),
    ]);
    assert.equal(
      trace.notes.find(({ kind }) => kind === 'cycle'),
      undefined,
    );
    assert.deepEqual([links(trace, 'a').length, links(trace, 'b').length, links(trace, 'c')], [1, 1, []]);
  });

  it('a loop is cut where a step is named twice, by its ID and by its message', () => {
    const trace = traceOf([
      ...work('order', 'Shop', 0, 10, { messageId: 'm-11', previous: ['stock'] }),
      ...work('stock', 'Stock', 20, 30, { previous: ['order', 'm-11'] }),
    ]);
    assert.deepEqual([links(trace, 'order'), links(trace, 'stock')], [['follows stated stock'], []]);
  });
});

describe('Tool calls', () => {
  const llm = (stepId: string, from: number, to: number, rest: Line = {}) =>
    work(stepId, 'Brain', from, to, { stepType: 'LLM', ...rest });
  const tool = (stepId: string, service: string, from: number, to: number, toolCallId: string) =>
    work(stepId, service, from, to, { stepType: 'Tool', toolCallId });
  const calls = (...ids: string[]) => ids.map((value, at) => ({ name: `response.tool_calls.${at}.id`, value }));

  it('follow the answer that asked for them, and the next answer follows them all', () => {
    const trace = traceOf([
      ...llm('think', 0, 10, { attributes: calls('call_a1b2', 'call_c3d4') }),
      ...llm('aside', 5, 12),
      ...tool('weather', 'Tools', 20, 30, 'call_a1b2'),
      ...tool('map', 'Tools', 22, 40, 'call_c3d4'),
      ...llm('answer', 50, 60, { attributes: calls('call_a1b2', 'call_c3d4') }),
      ...llm('again', 70, 80, { attributes: calls('call_a1b2', 'call_c3d4') }),
    ]);
    assert.deepEqual(links(trace, 'weather'), ['follows joined think']);
    assert.deepEqual(links(trace, 'map'), ['follows joined think']);
    assert.deepEqual(links(trace, 'answer'), ['follows joined weather', 'follows joined map']);
    assert.deepEqual(links(trace, 'again'), ['follows inferred answer']);
  });

  it('are found in the text of the answer too', () => {
    const trace = traceOf([
      ...llm('think', 0, 10, { message: 'assistant asked for call_a1b2, call_c3d4.' }),
      ...llm('aside', 5, 12),
      ...tool('map', 'Tools', 22, 40, 'call_c3d4'),
    ]);
    assert.deepEqual(links(trace, 'map'), ['follows joined think']);
  });

  it('that nobody asked for stay where time puts them', () => {
    const trace = traceOf([...llm('think', 0, 10), ...tool('map', 'Tools', 22, 40, 'call_c3d4')]);
    assert.deepEqual(links(trace, 'map'), ['follows inferred think']);
  });

  it('a pointer that names a call leads to the answer that asked for it', () => {
    const trace = traceOf([
      ...llm('think', 0, 10, { toolCallId: 'call_a1b2' }),
      ...work('map', 'Tools', 22, 40, { previous: ['call_a1b2'] }),
    ]);
    assert.deepEqual(links(trace, 'map'), ['follows joined think']);
  });
});
