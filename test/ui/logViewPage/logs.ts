import type { Severity } from '../../../src/common/model/logRecord';
import type { ReadBytes } from '../../../src/common/view/lineCuts';

/** A log of a page under test: its bytes, wherever one reads them. */
export interface TestLog {
  size: number;
  read: ReadBytes;
  /** Packed: how much there is shows only when its end was read. */
  isPacked?: boolean;
  note?: string;
}

export const tracedId = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';

export const hostileText =
  '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>"\'`$1\u202egnp.exe\u001b[31m\u0000\u200b&amp;[x](command:y)\t\u2028';

const levels = ['INFO ', 'INFO ', 'DEBUG', 'INFO ', 'WARN ', 'INFO ', 'ERROR'];

export const severityOf = (text: string): Severity | null =>
  (/ (INFO|DEBUG|WARN|ERROR) /.exec(text)?.[1]?.toLowerCase() as Severity | undefined) ?? null;

const lineOf = (index: number): string =>
  `2026-03-02T10:00:00.${String(index % 1000).padStart(3, '0')}Z ${levels[index % levels.length]} [${tracedId}] order ${index} was taken`;

function textLog(text: string): TestLog {
  const bytes = new TextEncoder().encode(text);
  return { size: bytes.length, read: async (from, length) => bytes.slice(from, from + length) };
}

/** Lines of equal length, made up as they are read. */
function endlessLog(lines: number): TestLog {
  const width = 100;
  const encoder = new TextEncoder();
  const size = lines * width;
  return {
    size,
    read: async (from, length) => {
      const end = Math.min(size, from + length);
      const bytes = new Uint8Array(Math.max(0, end - from));
      for (let line = Math.floor(from / width); line * width < end; line++) {
        const text = encoder.encode(
          `${lineOf(line + 1)
            .padEnd(width - 1)
            .slice(0, width - 1)}\n`,
        );
        const place = line * width - from;
        bytes.set(text.subarray(Math.max(0, -place), Math.max(0, end - line * width)), Math.max(0, place));
      }
      return bytes;
    },
  };
}

const few = (count: number, from = 1): string =>
  Array.from({ length: count }, (_, index) => `${lineOf(from + index)}\n`).join('');

export const logs: Record<string, () => TestLog> = {
  few: () =>
    textLog(
      `${few(40)}  at one (a.ts:1)\n\n${lineOf(43)} ${'long '.repeat(2_000)}|end\n${lineOf(44)} \u001b[31mred\u001b[0m\ttab\n${few(60, 45)}no line break`,
    ),
  /** One line that is far down is marked at its end. */
  wide: () =>
    textLog(
      Array.from({ length: 600 }, (_, at) => `${lineOf(at)} ${'long '.repeat(60)}${at === 500 ? '|mark' : ''}\n`).join(
        '',
      ),
    ),
  huge: () => endlessLog(100_000_000),
  packed: () => ({ ...endlessLog(1_000_000), isPacked: true }),
  hostile: () => textLog(`${hostileText}\n`.repeat(200)),
  noted: () => ({
    ...textLog(few(3)),
    note: '/var/log/app.log.gz is cut off or damaged (unexpected end of file): only the 300 bytes before that were read.',
  }),
  /** Of which most lies on another machine. */
  far: () => textLog(few(100)),
  empty: () => textLog(''),
};
