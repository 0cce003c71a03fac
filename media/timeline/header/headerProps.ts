import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import type { HostConnection } from '../hostConnection';
import type { Phase } from '../phase';

/** What every part of the header gets. */
export interface HeaderProps {
  trace: TraceHeader;
  phase: Phase;
  /** Whether the logs are read on; `undefined` where they cannot be. */
  live: boolean | undefined;
  host: HostConnection;
  select: (key: string) => void;
}
