import type { SchemeName } from '../../common/protocol/remotePlaces';
import type { Connect } from './transport';

/** One row per kind of remote place; what it is read with is loaded when the first one is named. */
export const transports: Record<SchemeName, () => Promise<Connect>> = {
  ssh: async () => (await import('./ssh/sshTransport')).connectSsh,
};
