import { type JournalPlace, journalPlace } from '../../../common/protocol/places/journalPlace';
import { type Connect, RemoteError } from '../transport';
import { type CommandKind, complaintOf, type Told } from './commandKind';
import { CommandTransport } from './commandTransport';
import type { LineSieve } from './lineSieve';

/** An entry takes about a kilobyte. */
const mostAtFirst = 200_000;

/**
 * The journal of this machine, or of a host, by `journalctl --output=json` (systemd.journal-fields(7)): one source, of which each entry
 * says from where to go on.
 */
export const journal: CommandKind = {
  program: 'journalctl',
  // Nothing is listed: only what one may read is asked for.
  listGoodFor: 60_000,
  mostAtFirst,
  async find(place, ask) {
    const wanted = journalPlace(place);
    if (!wanted) throw new RemoteError(`${place} names no part of the journal`);
    const { complaint } = await ask(argsOf(wanted, ['--lines=0']));
    const hint = /not seeing messages from other users/i.test(complaint);
    const reason = 'entries of other users and of the system are missing: become a member of the group systemd-journal';
    return { told: [toldOf(place, wanted)], skipped: hint ? [{ source: place, reason }] : [] };
  },
  explain: complaint => explain(complaintOf(complaint)),
};

export const connectJournal: Connect = () => new CommandTransport(journal);

const argsOf = ({ options, matches }: JournalPlace, more: readonly string[]): string[] => [
  '--output=json',
  // Else long fields are left out.
  '--all',
  '--no-pager',
  ...options,
  ...more,
  '--',
  ...matches,
];

const toldOf = (url: string, place: JournalPlace): Told => ({
  far: { url, size: null, modified: null, version: null, identity: null },
  settled: null,
  args(tail, follow) {
    const cursor = lastCursor(tail);
    const since = place.since === null ? [] : [`--since=${place.since}`];
    const range = cursor === null ? [`--lines=${mostAtFirst}`, ...since] : [`--after-cursor=${cursor}`];
    return argsOf(place, [...range, ...(follow ? ['--follow', '--no-tail'] : [])]);
  },
  sieve: () => new EntrySieve(),
});

/** The cursor of the last entry that is here; `null` where none is. */
function lastCursor(tail: Uint8Array): string | null {
  const text = Buffer.from(tail.buffer, tail.byteOffset, tail.length).toString('latin1');
  const cursors = [...text.matchAll(/"__CURSOR"\s*:\s*"([\w=;:.-]{1,500})"/g)];
  return cursors.at(-1)?.[1] ?? null;
}

/** Entries come in order, and none of them twice. */
class EntrySieve implements LineSieve {
  bytes = 0;
  count = 0;
  private lines: string[] = [];

  add(line: string, stream: 'stdout' | 'stderr'): void {
    if (stream === 'stderr' || !line.startsWith('{')) return;
    const entry = withTexts(line);
    this.count++;
    this.bytes += entry.length;
    this.lines.push(entry);
  }

  take(): string[] {
    const { lines } = this;
    this.lines = [];
    this.bytes = 0;
    return lines;
  }
}

const byteArray = /("[A-Z_][A-Z0-9_]*"\s*:\s*)(\[\s*\d{1,3}\s*(?:,\s*\d{1,3}\s*)*\])/g;

/**
 * An entry with texts in place of arrays of bytes, as which the journal writes texts with terminal escapes: what is
 * searched for has to be found as bytes. What is no UTF-8 stays as it is. Of each text one character is one byte.
 */
function withTexts(entry: string): string {
  if (!entry.includes('[')) return entry;
  return entry.replace(byteArray, (whole: string, key: string, array: string) => {
    try {
      const text = utf8.decode(Uint8Array.from(array.match(/\d+/g) ?? [], Number));
      return key + Buffer.from(JSON.stringify(text)).toString('latin1');
    } catch {
      return whole;
    }
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function explain(complaint: string): RemoteError {
  if (/insufficient permissions|permission denied/i.test(complaint))
    return new RemoteError(`you may not read the journal: become a member of the group systemd-journal (${complaint})`);
  if (/no journal files were found|no such file/i.test(complaint))
    return new RemoteError(`there is no journal here: does systemd run on this machine? (${complaint})`);
  return new RemoteError(`journalctl says: ${complaint}`);
}
