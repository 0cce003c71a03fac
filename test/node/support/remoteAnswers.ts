import type { TraceDocument } from '../../../src/common/protocol/documents';
import type { LogEngine } from '../../../src/common/protocol/logEngine';
import type { RemoteWork } from '../../../src/node/remote/remoteWork';
import { orderId } from './logs';

/** The trace of an ID; `null` where there is none. */
export async function documentOf(engine: LogEngine, id = orderId): Promise<TraceDocument | null> {
  const found = await engine.lookup({ text: id });
  return found.kind === 'trace' ? engine.document(found.trace.traceId) : null;
}

/** A document without what tells one place from another, or one run. */
export const withoutPlaces = (document: unknown, folder: string): unknown =>
  JSON.parse(
    JSON.stringify(document)
      .replaceAll(folder, '')
      .replace(/"elapsedMs":[\d.]+/, '"elapsedMs":0'),
  );

/** Why a place, or the first of it that is not, is not read. */
export const whyNotRead = async (work: RemoteWork, place: string): Promise<string> =>
  (await work.list(place)).skipped[0]?.reason ?? '';
