import { type Connect, RemoteError } from '../transport';

export const connectSsh: Connect = () => {
  throw new RemoteError('SSH is not spoken yet');
};
