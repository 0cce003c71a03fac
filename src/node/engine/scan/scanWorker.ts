/** Entry of a scan worker: hands each job to the function that does it. */
import { parentPort } from 'node:worker_threads';
import { type Handlers, RpcChannel } from '../../../common/protocol/rpcChannel';
import { ownerPort } from '../../ports';
import type { ScanMethod } from './scanJobs';
import { scanMethods } from './scanMethods';

const handlers: Handlers = Object.fromEntries(
  (Object.keys(scanMethods) as ScanMethod[]).map(method => [
    method,
    (job, { progress }) => scanMethods[method](job, progress),
  ]),
);

if (parentPort) new RpcChannel(ownerPort(parentPort), handlers);
