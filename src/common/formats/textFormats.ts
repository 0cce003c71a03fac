import type { Field } from '../model/fieldRole';
import { bracketed } from './bracketed';
import { dotnetConsole } from './dotnetConsole';
import { lineFormats } from './lineFormats';
import type { LogFormat } from './logFormat';
import { syslog } from './servers/syslog';
import { textFormat } from './text/text';

/** Every format but JSON, the most telling first. The last one fits anything. */
export const textFormats: readonly LogFormat[] = [syslog, ...lineFormats, dotnetConsole, bracketed, textFormat];

/** The fields of a text by the first of these formats that it fits; `null` if that is free text, unless `anyText`. */
export function readText(text: string, anyText: boolean): Field[] | null {
  for (const { name, read } of textFormats) {
    const fields = name === 'text' && !anyText ? null : read(text);
    if (fields) return fields;
  }
  return null;
}
