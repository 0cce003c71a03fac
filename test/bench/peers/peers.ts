import { duckdb } from './duckdb';
import { jq } from './jq';
import { lnav } from './lnav';
import { ripgrep } from './ripgrep';

export type Peers = Awaited<ReturnType<typeof findPeers>>;

/** All that ours is compared to, whether installed or not. */
export async function findPeers() {
  return { ripgrep, lnav, jq, duckdb: await duckdb() };
}
