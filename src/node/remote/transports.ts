import type { SchemeName } from '../../common/protocol/places/remotePlaces';
import type { Connect } from './transport';

/** One row per kind of remote place; what it is read with is loaded when the first one is named. */
export const transports: Record<SchemeName, () => Promise<Connect>> = {
  http: async () => (await import('./http/httpTransport')).connectHttp,
  https: async () => (await import('./http/httpTransport')).connectHttp,
  docker: async () => (await import('./commands/containers')).connectDocker,
  podman: async () => (await import('./commands/containers')).connectPodman,
  kubectl: async () => (await import('./commands/kubectl')).connectKubectl,
  journal: async () => (await import('./commands/journal')).connectJournal,
  farJournal: async () => (await import('./commands/farJournal')).connectFarJournal,
  ssh: async () => (await import('./ssh/sshTransport')).connectSsh,
};
