import type { TraceSort } from '../../src/common/protocol/tracesProtocol';

export interface Column {
  id: ColumnId;
  title: string;
  /** What the title means, where it is not plain. */
  hint?: string;
  /** Width of the list, in pixels, from which on there is room for it. */
  from: number;
  /** Its track in the CSS grid. */
  track: string;
  sort?: TraceSort;
  isNumber?: boolean;
}

export type ColumnId = TraceSort | 'name' | 'services' | 'userId' | 'sessionId' | 'entityId' | 'organizationId';

/** In a list narrower than this a trace takes two lines. */
export const oneLineFrom = 620;

const name = 'What its first record says';
const start = 'When the first record was written, in UTC';

/** Every column, in order; a narrow list hides some, which does not change the others' numbers. */
export const columns: readonly Column[] = [
  { id: 'status', title: 'Status', from: 0, track: '118px', sort: 'status' },
  { id: 'name', title: 'Name', hint: name, from: 0, track: 'minmax(140px, 3fr)' },
  { id: 'correlationId', title: 'Correlation ID', from: 0, track: 'minmax(120px, 2fr)', sort: 'correlationId' },
  { id: 'start', title: 'Start', hint: start, from: 860, track: 'var(--start-width)', sort: 'start' },
  {
    id: 'duration',
    title: 'Duration',
    hint: 'First to last record',
    from: 0,
    track: 'minmax(150px, 1.6fr)',
    sort: 'duration',
  },
  { id: 'steps', title: 'Steps', from: 1030, track: '76px', sort: 'steps', isNumber: true },
  { id: 'records', title: 'Records', from: 950, track: '96px', sort: 'records', isNumber: true },
  { id: 'errors', title: 'Errors', from: 0, track: '72px', sort: 'errors', isNumber: true },
  { id: 'services', title: 'Services', from: 1140, track: 'minmax(110px, 1.2fr)' },
  { id: 'userId', title: 'User', from: 1220, track: 'minmax(80px, 0.7fr)' },
  { id: 'sessionId', title: 'Session', from: 1300, track: 'minmax(80px, 0.7fr)' },
  { id: 'entityId', title: 'Entity', from: 1420, track: 'minmax(80px, 0.7fr)' },
  { id: 'organizationId', title: 'Organisation', from: 1420, track: 'minmax(96px, 0.7fr)' },
];

export const columnsAt = (width: number): readonly Column[] => columns.filter(({ from }) => from <= width);

export const tracksOf = (shown: readonly Column[]): string => shown.map(({ track }) => track).join(' ');

export const numberOf = (id: ColumnId): number => columns.findIndex(column => column.id === id) + 1;
