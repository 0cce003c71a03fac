import { useCallback, useRef, useState } from 'preact/hooks';
import type { ShownLine } from '../../src/common/protocol/logReader';
import type { LineInsight, LineOfLog, LogPlace } from '../../src/common/protocol/logViewProtocol';
import type { HostConnection } from './hostConnection';
import type { LogWindow } from './logWindow';
import { keep, recall } from './pageMemory';
import type { LineCount } from './useLineCount';

/** Beyond any log. */
export const endOfLog = Number.MAX_SAFE_INTEGER;

interface PlacesParts {
  host: HostConnection;
  log: LogWindow;
  count: LineCount;
  failed: (error: unknown) => void;
}

/** The line with the cursor, the record that is lit, and the ways to other places of the log. */
export function usePlaces(parts: PlacesParts) {
  const latest = useRef(parts);
  latest.current = parts;
  const [selected, setSelected] = useState<LineOfLog | null>(recall().selected);
  const [lit, setLit] = useState<{ from: number; to: number } | null>(null);

  /** Puts the cursor on a line. @param isUsers whether the user did so, which others may want to know */
  const select = useCallback((line: ShownLine, isUsers: boolean) => {
    const place = { offset: line.from, line: line.line };
    setSelected(place);
    keep({ selected: place });
    if (isUsers) void latest.current.host.tell('select', place);
  }, []);

  /** Goes to an offset, with what is around it in view. */
  const goTo = useCallback(async (at: number, line: number | null = null) => {
    const { log } = latest.current;
    const index = log.indexOf(at);
    if (index !== null) {
      const isInView = index >= log.top && index + 1 <= log.top + log.rows;
      if (!isInView) log.scrollTo(index - log.rows / 2);
      return log.lines[index] ?? null;
    }
    const known = line === null ? {} : { known: { offset: at, line } };
    return log.jump({ at, above: Math.floor(log.rows / 2), ...known });
  }, []);

  /** Shows a record as the extension names it: by its offset, by its line where nobody has told the offset. */
  const show = useCallback(
    async ({ offset, line, serial }: LogPlace) => {
      keep({ serial });
      const { host, count, failed } = latest.current;
      const at = offset ?? (line === null ? 0 : await count.offsetOf(line));
      if (at === null) return failed(new Error(`The log has no line ${line} any more.`));
      const there = await goTo(at, line);
      if (!there) return;
      select(there, false);
      setLit({ from: there.from, to: there.to });
      const light = ({ record }: LineInsight) => setLit({ from: record.from, to: record.from + record.bytes });
      const { signal } = new AbortController();
      // Without more of it, the line alone is lit.
      await host.insight({ offset: there.from, line: there.line }, signal, light).then(light, () => {});
    },
    [goTo, select],
  );

  /** The place that the page before this one showed, or the beginning. */
  const resume = useCallback(async () => {
    const { log } = latest.current;
    const { top, selected: kept } = recall();
    const known = kept?.line ? { known: { offset: kept.offset, line: kept.line } } : {};
    await log.jump({ at: top, ...known });
  }, []);
  return { selected, lit, select, goTo, show, resume };
}
