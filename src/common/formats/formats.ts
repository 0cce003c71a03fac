import { bracketed } from './bracketed';
import { json } from './json';
import type { LogFormat } from './logFormat';
import { logfmt } from './logfmt';
import { textFormat } from './text';

/** Every format, the most telling first: a record is read by the first that it fits. The last one fits anything. */
export const formats: readonly LogFormat[] = [json, logfmt, bracketed, textFormat];

/** The format of that name, else free text. */
export const formatNamed = (name: string): LogFormat => formats.find(format => format.name === name) ?? textFormat;
