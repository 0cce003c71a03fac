import type { ChatMessage } from './chatMessage';
import type { ReadField } from './recordReader';

/** Where the sort of an item stands: at the top or in the object that holds the item. */
const sortName = /^(?:(?:payload|item|data)\.)?type$/;
const call = /^(?:(?:function|custom_tool|local_shell|mcp|mcp_tool|web_search|file_search|computer)_call|function)$/;
const result = /^(?:function|custom_tool|local_shell|mcp|mcp_tool|computer)_call_output$/;
/** What is said beside the items, as clients keep it for their own screen. */
const speech = new Map([
  ['user_message', 'user'],
  ['agent_message', 'assistant'],
  ['agent_reasoning', 'assistant'],
]);
const summary = /^(?:summary\.\d+\.)?text$/;

/**
 * An item of a talk that has no `role` as its sort tells who speaks (OpenAI's Responses API: calls of tools, their results,
 * the model's reasoning), as clients keep it line by line. `null` for every other record: a call or a result names its call.
 */
export function responseItem(fields: readonly ReadField[]): ChatMessage | null {
  const sort = fields.find(({ name, value }) => sortName.test(name) && isItem(value));
  if (!sort) return null;
  const before = sort.name.slice(0, -'type'.length);
  const of = (key: string) => fields.find(({ name }) => name === before + key);
  const item = { speaker: 'assistant', text: null, isAnswer: true, isError: false, isCall: false };
  const speaker = speech.get(sort.value);
  if (speaker) {
    const text = of('message') ?? of('text');
    return text ? { ...item, speaker, text: text.value, isAnswer: speaker !== 'user' } : null;
  }
  if (sort.value === 'reasoning') {
    if (!of('encrypted_content') && !fields.some(({ name }) => name.startsWith(`${before}summary.`))) return null;
    const said = fields.filter(({ name }) => name.startsWith(before) && summary.test(name.slice(before.length)));
    return { ...item, text: said.map(({ value }) => value).join('\n') || 'reasoning' };
  }
  if (!of('call_id')) return null;
  if (call.test(sort.value)) return { ...item, text: `→ ${of('name')?.value ?? sort.value}`, isCall: true };
  const output = of('output')?.value ?? '';
  return { ...item, speaker: 'tool', text: /^\s*[[{]/.test(output) ? null : output || null };
}

const isItem = (sort: string): boolean =>
  sort === 'reasoning' || speech.has(sort) || call.test(sort) || result.test(sort);
