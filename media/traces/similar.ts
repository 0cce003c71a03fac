import Fuse from 'fuse.js';
import { useEffect, useState } from 'preact/hooks';
import type { TraceName, TraceSummaryDocument } from '../../src/common/protocol/documents';
import type { TraceList } from '../../src/common/protocol/tracesProtocol';
import { freeTextOf } from '../../src/common/query/freeText';
import { parseQuery, type Query } from '../../src/common/query/query';
import type { HostConnection } from './hostConnection';

/** Nobody looks through more; the best come first. */
const mostSimilar = 100;

export interface Similar {
  traces: TraceSummaryDocument[];
  /** Among so many of so many traces. */
  among: number;
  /** The names of so many of them were looked at. */
  named: number;
  of: number;
}

/** The words of a query that is nothing but free text; `null` for all others. */
export function freeText(filter: string): string | null {
  return freeTextOf(parseOrNull(filter));
}

function parseOrNull(filter: string): Query | null {
  try {
    return parseQuery(filter);
  } catch {
    return null;
  }
}

/**
 * Traces like a text that none of their values holds as it is written, and those that are called so: a slip of the finger is
 * forgiven. Best first.
 */
export function similarTo(
  text: string,
  traces: readonly TraceSummaryDocument[],
  names: readonly TraceName[],
): TraceSummaryDocument[] {
  const keys = [
    { name: 'correlationId', weight: 3 },
    { name: 'name', weight: 2 },
    'userId',
    'sessionId',
    'entityId',
    'organizationId',
    'services',
    'status',
  ];
  const named = traces.map((trace, at) => ({ ...trace, name: names[at]?.name ?? '', trace }));
  const fuse = new Fuse(named, { keys, ignoreLocation: true, threshold: 0.35 });
  return fuse.search(text, { limit: mostSimilar }).map(({ item }) => item.trace);
}

/** What is like the text of a list that is empty; `null` where nothing is, or the query is more than text. */
export function useSimilar(list: TraceList | null, host: HostConnection): Similar | null {
  const [similar, setSimilar] = useState<(Similar & { revision: number }) | null>(null);
  const text = list?.total === 0 ? freeText(list.query.filter) : null;
  const revision = list?.revision ?? -1;
  useEffect(() => {
    if (text === null) return;
    const life = new AbortController();
    host
      .candidates(life.signal)
      .then(({ traces, names, of }) => {
        const found = similarTo(text, traces, names);
        setSimilar({ traces: found, among: traces.length, named: names.length, of, revision });
      })
      // Without it the list is empty, which it is.
      .catch(() => undefined);
    return () => life.abort();
  }, [text, revision, host]);
  return similar !== null && similar.revision === revision && similar.traces.length > 0 ? similar : null;
}
