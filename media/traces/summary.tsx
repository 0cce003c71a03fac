import { useState } from 'preact/hooks';
import type { TraceList, TraceQuery } from '../../src/common/protocol/tracesProtocol';
import { visibleText } from '../../src/common/timeline/visibleText';
import { counted, formatCount, oneLine } from '../page/format';
import { Icon } from '../page/icon';
import type { Similar } from './similar';

/** One line above the list: how many traces there are, and whatever the reader must know about them. */
export function Summary({ list, similar }: { list: TraceList; similar: Similar | null }) {
  const [open, setOpen] = useState(false);
  const notes = list.notes.length;
  return (
    <div class="summary">
      <span
        class="summary-text"
        title={similar ? namesText(similar) : `${list.query.sort === 'status' ? worst : ''}${list.read}`}
      >
        {similar ? similarText(list, similar) : totalText(list)}
      </span>
      {notes > 0 && (
        <button
          type="button"
          class="link notes-button"
          aria-expanded={open}
          aria-controls="notes"
          onClick={() => setOpen(!open)}
        >
          <Icon name="warning" /> {counted(notes, 'note')}
        </button>
      )}
      {open && notes > 0 && (
        <ul class="notes" id="notes">
          {list.notes.slice(0, mostNotes).map(({ kind, text }, index) => (
            <li key={`${kind}${index}`}>{visibleText(text)}</li>
          ))}
          {notes > mostNotes && <li>{formatCount(notes - mostNotes)} more</li>}
        </ul>
      )}
    </div>
  );
}

const mostNotes = 100;
const worst = 'Worst: failed ones, then the slowest. ';

function totalText({ total, query }: TraceList): string {
  const fit =
    query.filter.trim() === '' ? counted(total, 'trace') : `${counted(total, 'trace')} ${total === 1 ? 'fits' : 'fit'}`;
  return `${fit} · ${orderText(query)}`;
}

function similarText({ query }: TraceList, { traces, among, of }: Similar): string {
  const searched = among < of ? `the first ${formatCount(among)} of ${formatCount(of)}` : `all ${formatCount(of)}`;
  return `No ID or value holds “${oneLine(query.filter.trim(), 40)}”. ${formatCount(traces.length)} named so or like it, among ${searched}.`;
}

const namesText = ({ named, among }: Similar): string =>
  named < among
    ? `Searched the names of the first ${formatCount(named)}, and the values of ${formatCount(among)}.`
    : `Searched the names and values of ${formatCount(among)}.`;

const orders: Record<TraceQuery['sort'], [first: string, reversed: string]> = {
  status: ['worst first', 'worst last'],
  duration: ['slowest first', 'fastest first'],
  start: ['oldest first', 'newest first'],
  errors: ['most errors first', 'fewest errors first'],
  records: ['most records first', 'fewest records first'],
  steps: ['most steps first', 'fewest steps first'],
  correlationId: ['by ID', 'by ID, backwards'],
};

const orderText = ({ sort, reverse }: TraceQuery): string => orders[sort][reverse ? 1 : 0];
