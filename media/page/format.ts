import type { TraceStatus } from '../../src/common/model/trace';
import { formatDuration } from '../../src/common/timeline/formatDuration';
import { visibleText } from '../../src/common/timeline/visibleText';

/** At most this much of a log's text stands in one line of the page; the rest is in the details and in the file. */
const lineLength = 300;

/** Log text for one line. Cut first: a message may be a megabyte. */
export function oneLine(text: string, length = lineLength): string {
  return text.length > length ? `${withoutBreaks(text.slice(0, length))}…` : withoutBreaks(text);
}

/** Most fonts have no pictures of control characters: of the two that are in every stack, signs that they have. */
const withoutBreaks = (text: string): string =>
  visibleText(text.replaceAll('\r\n', '\n').replaceAll('\n', '↵').replaceAll('\t', ' '));

const integer = new Intl.NumberFormat('en-US');
export const formatCount = (count: number): string => integer.format(count);

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)}\u00a0${count === 1 ? one : many}`;

/** As everywhere, but never broken at the end of a line. */
export const unbrokenDuration = (ms: number): string => formatDuration(ms).replaceAll(' ', '\u00a0');

export const traceStatusTexts: Record<TraceStatus, string> = {
  ok: 'OK',
  failed: 'Failed',
  recovered: 'Recovered',
  running: 'Running',
  unknown: 'Outcome unknown',
};

export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)}\u00a0${units[unit]}`;
}
