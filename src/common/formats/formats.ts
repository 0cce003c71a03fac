import { json } from './json/json';
import type { LogFormat } from './logFormat';
import { textFormat } from './text/text';
import { textFormats } from './textFormats';
import { xmlEvent } from './xmlEvent';

/** Every format, the most telling first: a record is read by the first that it fits. The last one fits anything. */
export const formats: readonly LogFormat[] = [json, xmlEvent, ...textFormats];

/** What a source's format can be called; the user's own formats come in addition. */
export const formatNames: readonly string[] = [...formats.map(({ name }) => name), 'table'];

/** The format of that name, else free text. */
export const formatNamed = (name: string): LogFormat => formats.find(format => format.name === name) ?? textFormat;
