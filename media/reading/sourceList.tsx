import { useState } from 'preact/hooks';
import type { ReadingState } from '../../src/common/protocol/readingProtocol';
import { visibleText } from '../../src/common/timeline/visibleText';
import { counted, share } from './counts';
import type { HostConnection } from './hostConnection';
import { SourceSection } from './sourceSection';

type Sources = Extract<ReadingState, { kind: 'sources' }>;

/** So many sources are found by looking; more are found by typing. */
const fewSources = 8;

export function SourceList({ state, host }: { state: Sources; host: HostConnection }) {
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const indexed = state.sources.map((source, index) => ({ source, index }));
  const shown = indexed.filter(({ source }) => `${source.name} ${source.format}`.toLowerCase().includes(wanted));
  return (
    <>
      <Totals state={state} />
      {state.sources.length > fewSources && (
        <label class="filter">
          <span>Show</span>
          <input
            type="search"
            placeholder="name or format"
            value={filter}
            onInput={event => setFilter(event.currentTarget.value)}
          />
        </label>
      )}
      {shown.map(({ source, index }) => (
        <SourceSection
          key={source.path}
          source={source}
          full={state.full}
          open={state.sources.length === 1}
          request={{ revision: state.revision, source: index }}
          host={host}
        />
      ))}
      {shown.length === 0 && (
        <p class="empty">
          {state.sources.length === 0
            ? 'No log was found. Add log files, or name them in the setting “throughline.sources”.'
            : 'No log fits.'}
        </p>
      )}
      {state.notes.length > 0 && (
        <section class="notes">
          <h2>{counted(state.notes.length, 'note')}</h2>
          <ul>
            {state.notes.map(({ text }) => (
              <li key={text}>{visibleText(text)}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Totals({ state: { sources, full } }: { state: Sources }) {
  const sum = (of: (source: Sources['sources'][number]) => number | null) =>
    sources.reduce((total, source) => total + (of(source) ?? 0), 0);
  const records = sum(source => source.records);
  if (sources.length === 0) return null;
  return (
    <p class="totals">
      {counted(sources.length, 'log')} · {counted(records, 'record')}
      {full ? '' : ' in the samples'} ·{' '}
      {share(
        sum(source => source.recordsWithCorrelationId),
        records,
      )}{' '}
      with a correlation ID
    </p>
  );
}
