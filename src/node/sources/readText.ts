import { archiveOf, onlyMember } from './archives/namedMember';
import { lookAtFile } from './discover/lookAtFile';
import type { Recognised } from './discover/recognise';
import { unreadable } from './discover/skipped';
import { openSource } from './openSource';

/** What a source holds as text, or why it is not shown. */
export type ReadText = { kind: 'text'; text: string } | { kind: 'tooLong' } | { kind: 'unread'; reason: string };

/**
 * The whole text of one source, unpacked, piece by piece, so that whoever else is in this thread gets its turn. A damaged
 * one gives what stands before the damage.
 * @param id as sources are named in results
 * @param most most bytes of the text
 */
export async function readText(id: string, most: number): Promise<ReadText> {
  try {
    const { sources, skipped } = await sourceAt(id);
    const [ref] = sources;
    if (!ref) return { kind: 'unread', reason: skipped[0]?.reason ?? 'it holds no log' };
    const source = openSource(ref);
    const chunks = source.chunks();
    const taken: Buffer[] = [];
    let length = 0;
    try {
      for (;;) {
        const next = await chunks.next();
        if (!next.done) length += next.value.length;
        if (length > most) return { kind: 'tooLong' };
        if (next.done && next.value !== null && length === 0) return { kind: 'unread', reason: next.value.text };
        if (next.done) return { kind: 'text', text: Buffer.concat(taken).toString('utf8') };
        taken.push(Buffer.from(next.value));
        await new Promise(resolve => setImmediate(resolve));
      }
    } finally {
      await chunks.return(null);
      source.close();
    }
  } catch (error) {
    return { kind: 'unread', reason: unreadable(error) };
  }
}

async function sourceAt(id: string): Promise<Recognised> {
  const archive = archiveOf(id);
  const found = await lookAtFile(archive ?? id, new Map(), null);
  return onlyMember(found, archive === null ? null : id);
}
