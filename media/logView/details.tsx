import { useEffect, useState } from 'preact/hooks';
import type { ShownLine, TextPlace } from '../../src/common/protocol/logReader';
import type { LineInsight } from '../../src/common/protocol/logViewProtocol';
import { visibleLines } from '../../src/common/timeline/visibleText';
import { Action, CopyAction } from '../page/action';
import { formatBytes, formatCount } from '../page/format';
import type { HostConnection } from './hostConnection';
import { InsightFacts } from './insightFacts';

/** What is shown of a long line at a time, in bytes. */
const portion = 256 * 1024;
/** Around a match that stands farther back. */
const around = 500;

interface DetailsProps {
  host: HostConnection;
  line: ShownLine;
  insight: LineInsight | null;
  /** What was found in a part of the line that the list does not show. */
  match: TextPlace | null;
  onTrace: (id: string, step: string | null) => void;
  close: () => void;
}

/** The line with the cursor, whole, and what is known of its record. */
export function Details({ host, line, insight, match, onTrace, close }: DetailsProps) {
  const { text, rest, more } = useWholeLine(host, line);
  const matchText = useStretch(host, line, match);
  const number = line.line === null ? 'Line' : `Line ${formatCount(line.line)}`;
  return (
    <section class="details" aria-label={number}>
      <div class="details-head">
        <h2>{line.continues ? `${number}, continued` : number}</h2>
        <CopyAction
          icon="copy"
          label="Copy Line"
          copy={async () => host.tell('copy', { text: await wholeText(host, line) })}
        />
        <Action icon="close" label="Close (Escape)" onClick={close} />
      </div>
      {insight && <InsightFacts insight={insight} onTrace={onTrace} />}
      {matchText !== null && (
        <>
          <h3>Match</h3>
          <pre class="whole log">{`…${visibleLines(matchText)}`}</pre>
        </>
      )}
      <pre class="whole log">{visibleLines(text)}</pre>
      {rest > 0 && (
        <button type="button" class="link more" onClick={more}>
          {`Show ${formatBytes(Math.min(rest, portion))} more of ${formatBytes(rest)}`}
        </button>
      )}
    </section>
  );
}

const wholeText = async (host: HostConnection, { from, to, text, moreBytes }: ShownLine): Promise<string> =>
  moreBytes === 0 ? text : (await host.lineText({ from, to })).replace(/\r?\n$/, '');

/** As much of a line as was asked for. */
function useWholeLine(host: HostConnection, { from, to, text, moreBytes }: ShownLine) {
  const [wanted, setWanted] = useState(portion);
  const [loaded, setLoaded] = useState<{ from: number; text: string; to: number } | null>(null);
  useEffect(() => setWanted(portion), [from]);
  useEffect(() => {
    if (moreBytes === 0) return;
    let isWanted = true;
    const end = Math.min(to, from + wanted);
    void host.lineText({ from, to: end }).then(whole => isWanted && setLoaded({ from, text: whole, to: end }));
    return () => {
      isWanted = false;
    };
  }, [host, from, to, wanted, moreBytes]);
  const known = loaded?.from === from && moreBytes > 0 ? loaded : null;
  return {
    text: known ? known.text.replace(/\r?\n$/, '') : text,
    rest: moreBytes === 0 ? 0 : to - (known?.to ?? to - moreBytes),
    more: () => setWanted(wanted + portion),
  };
}

function useStretch(host: HostConnection, line: ShownLine, place: TextPlace | null): string | null {
  const [known, setKnown] = useState<{ place: TextPlace; text: string } | null>(null);
  useEffect(() => {
    if (!place) return;
    const request = { from: Math.max(line.from, place.from - around), to: Math.min(line.to, place.to + around) };
    void host.lineText(request).then(text => setKnown({ place, text: text.replace(/\r?\n$/, '') }));
  }, [host, place]);
  return known !== null && known.place === place ? known.text : null;
}
