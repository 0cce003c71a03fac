// biome-ignore-all lint/a11y/useSemanticElements: a `<tr>` cannot be placed by itself
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys of all rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus
import { useContext } from 'preact/hooks';
import type { RecordRow } from '../../../src/common/timeline/recordRow';
import { counted, oneLine, unbrokenDuration } from '../../page/format';
import { kept } from '../../page/kept';
import type { RowPlace } from '../../page/virtualGrid';
import { useTimeOfDay, Zone, zoneName } from '../time/clockTime';
import { recordPlace, severityClass } from './recordList';

export const recordColumns = ['time', 'since', 'severity', 'service', 'text', 'place'] as const;
const names = {
  time: 'Time',
  since: 'Since Previous',
  severity: 'Severity',
  service: 'Service',
  text: 'Message',
  place: 'Source',
};

export function RecordHead() {
  const zone = useContext(Zone);
  return (
    <div class="row head" role="row" aria-rowindex={1}>
      {recordColumns.map((column, index) => (
        <div
          key={column}
          class={`cell line-${column}`}
          role="columnheader"
          aria-colindex={index + 1}
          title={column === 'time' ? zoneName(zone) : undefined}
        >
          {names[column]}
        </div>
      ))}
    </div>
  );
}

interface RecordLineProps extends RowPlace {
  /** `undefined` until its window has come. */
  record: RecordRow | undefined;
  /** How much of its message, from the start, it shares with the record before or after it. */
  shared: number;
  index: number;
  count: number;
}

/** One log record. Kept as it is while nothing of it changes. */
export const RecordLine = kept((props: RecordLineProps) => {
  const { record, shared, index, count, top, selected, reachable, onClick } = props;
  const timeOfDay = useTimeOfDay();
  const texts = record && cellTexts(record, timeOfDay);
  return (
    <div
      class={selected ? 'row selected' : 'row'}
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={record === undefined}
      aria-label={texts ? spoken(texts) : `Log line ${index + 1} of ${count}, loading`}
      tabIndex={reachable ? 0 : -1}
      style={{ top: `${top}px` }}
      onClick={event => onClick(index, event)}
    >
      {record && texts ? (
        recordColumns.map((column, place) => (
          <div
            key={column}
            class={`cell line-${column} ${column === 'severity' ? severityClass(record.severity ?? '') : ''}`}
            role="gridcell"
            aria-colindex={place + 1}
            title={column === 'place' ? oneLine(record.source) : texts[column]}
          >
            {column === 'text' && shared > 0 ? (
              <Message text={texts.text} start={oneLine(record.message.slice(0, shared), shared)} />
            ) : (
              <span class="log">{texts[column]}</span>
            )}
          </div>
        ))
      ) : (
        <div class="cell" role="gridcell">
          <span class="unloaded" />
        </div>
      )}
    </div>
  );
});

/** Where there is no room for all of it, what its neighbours say too is shortened first: a list is read for what differs. */
function Message({ text, start }: { text: string; start: string }) {
  return (
    <span class="log parted">
      <span class="shared">{start}</span>
      <span class="own">{text.slice(start.length)}</span>
    </span>
  );
}

type CellTexts = Record<(typeof recordColumns)[number], string>;

function cellTexts(record: RecordRow, timeOfDay: (iso: string) => string): CellTexts {
  const { timestamp, sinceMs, severity, service, message, length } = record;
  const more = length > message.length ? ` ${counted(length - message.length, 'more character')}` : '';
  return {
    time: timestamp === null ? '' : oneLine(timeOfDay(timestamp)),
    since: sinceMs === null ? '' : `+${unbrokenDuration(sinceMs)}`,
    severity: oneLine(severity ?? ''),
    service: oneLine(service ?? ''),
    text: oneLine(message, message.length) + (more && `…${more}`),
    place: recordPlace(record, true),
  };
}

/** What a screen reader says of a record: the important first. */
function spoken({ severity, text, service, since, time, place }: CellTexts): string {
  const parts = [severity, text, service && `service ${service}`, time, since && `${since} since the line before`];
  return [...parts, place]
    .filter(part => part !== '')
    .join(', ')
    .replaceAll('\u00a0', ' ');
}
