import type { ReadField } from './recordReader';
import { responseItem } from './responseItem';

/** One message of a talk with a model, as agents keep them line by line. */
export interface ChatMessage {
  /** Who speaks: `user`, `assistant`, `tool`, with the tool's name where the message has it. */
  speaker: string;
  /** What is said, and which tools are called (`→ search`); `null` where it is neither. */
  text: string | null;
  /** A model's or tool's message is the end of its work. */
  isAnswer: boolean;
  /** A tool said so itself. */
  isError: boolean;
  /** It asks for the tool's run that it names, and is no part of that. */
  isCall: boolean;
}

const speakers = new Map(
  Object.entries({
    user: 'user',
    human: 'user',
    assistant: 'assistant',
    ai: 'assistant',
    model: 'assistant',
    tool: 'tool',
    function: 'tool',
    system: 'system',
    developer: 'system',
  }),
);
/** Where the role of a message stands: at the top or in the object that holds the message. */
const roleName = /^(?:(?:message|payload|msg|item|data)\.)?role$/;
/** Parts of what a message holds (Messages of Anthropic, Chat Completions and Responses of OpenAI, Contents of Gemini). */
const part = /^(?:(?:content|parts)(?:\.\d+)?(?:\.(?:text|content|thinking))?|output)$/;
const nested = /^content\.\d+\.content\.\d+\.text$/;
const toolResult = /^(?:content\.\d+\.type|parts\.\d+\.functionResponse\.name)$/;
const calledName =
  /^(?:tool_calls\.\d+\.(?:function\.)?name|function_call\.name|parts\.\d+\.functionCall\.name|content\.\d+\.name)$/;
const longest = 4096;

/**
 * The message of a talk in a record's fields: a known `role` beside what was said or called, or an item without one. `null`
 * for every other record, also for one whose `role` is that of a person in an organisation.
 */
export function chatMessage(fields: readonly ReadField[]): ChatMessage | null {
  const role = fields.find(({ name }) => roleName.test(name));
  const speaker = role && speakers.get(role.value.toLowerCase());
  if (!role || !speaker) return responseItem(fields);
  const before = role.name.slice(0, -'role'.length);
  const said: string[] = [];
  let [isTool, isError, tool] = [speaker === 'tool', false, ''];
  let length = 0;
  for (const { name, value } of fields) {
    if (!name.startsWith(before)) continue;
    const inner = name.slice(before.length);
    if (inner === 'name') tool = value;
    else if (/(?:^|\.)is_error$/.test(inner)) isError ||= value === 'true';
    else if (toolResult.test(inner)) isTool ||= value === 'tool_result' || inner.endsWith('functionResponse.name');
    const piece = calledName.test(inner) ? `→ ${value}` : part.test(inner) || nested.test(inner) ? value : '';
    if (piece === '' || length > longest || /^\s*[[{]/.test(piece)) continue;
    said.push(piece);
    length += piece.length;
  }
  const isWord = isTool || speaker === 'assistant' || said.length > 0;
  if (!isWord) return null;
  return {
    speaker: isTool ? `tool ${tool}`.trimEnd() : speaker,
    text: said.join('\n') || null,
    isAnswer: isTool || speaker === 'assistant',
    isError: isTool && isError,
    isCall: false,
  };
}
