import { json } from './json';
import type { LogFormat } from './logFormat';
import { textFormat } from './text';
import { textFormats } from './textFormats';

/** Every format, the most telling first: a record is read by the first that it fits. The last one fits anything. */
export const formats: readonly LogFormat[] = [json, ...textFormats];

/** The format of that name, else free text. */
export const formatNamed = (name: string): LogFormat => formats.find(format => format.name === name) ?? textFormat;
