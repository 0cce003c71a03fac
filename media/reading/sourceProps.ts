import type { ReadingState, SourceRequest } from '../../src/common/protocol/readingProtocol';
import type { HostConnection } from './hostConnection';

type Summary = Extract<ReadingState, { kind: 'sources' }>['sources'][number];

export interface SourceProps {
  source: Summary;
  /** True where every record was counted. */
  full: boolean;
  open: boolean;
  request: SourceRequest;
  host: HostConnection;
}
