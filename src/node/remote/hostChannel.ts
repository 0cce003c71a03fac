import type { Handlers, RpcChannel } from '../../common/protocol/rpcChannel';
import type { HostQuestion, RemoteState, SecretQuestion, SourceHost } from '../../common/protocol/sourceHost';

/** The host's side of a channel: what a worker asks of the outside. */
export const hostHandlers = (host: SourceHost): Handlers => ({
  secret: (question: SecretQuestion) => host.secret(question),
  trustsHost: (question: HostQuestion) => host.trustsHost(question),
  told: (state: RemoteState) => host.told(state),
});

/** The worker's side: the outside behind a channel. */
export const hostBehind = (channel: RpcChannel): SourceHost => ({
  secret: question => channel.request('secret', question),
  trustsHost: question => channel.request('trustsHost', question),
  told: state => void channel.request('told', state).catch(() => {}),
});
