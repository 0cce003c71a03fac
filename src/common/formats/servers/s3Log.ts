import type { Field } from '../../model/fieldRole';
import { stampOf } from '../../profile/time/looseStamp';
import type { LogFormat } from '../logFormat';
import { requestFields } from '../text/httpRequest';
import { lineTokens, namedTokens } from '../text/lineTokens';

const before = ['bucket_owner', 'bucket', 'timestamp', 'client', 'user', 'request_id', 'operation', 'object_key'];
const behind = [
  'http.response.status_code',
  'error_code',
  'bytes',
  'object_size',
  'total_time_ms',
  'turn_around_time_ms',
  'referer',
  'userAgent',
  'version_id',
  'host_id',
];
const verb = /^(?:REST|SOAP|S3|WEBSITE|BATCH)\.[A-Z0-9_.]+$/;

/**
 * Amazon S3's server access log, by position
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html). Times are milliseconds.
 */
export const s3Log: LogFormat = { name: 's3Log', framing: 'line', begins: /^[0-9a-f]{64} \S+ \[\d/, read };

function read(text: string): Field[] | null {
  const stamp = lineTokens(text, 3)[2];
  if (stamp?.kind !== 'bracket') return null;
  const tokens = lineTokens(text);
  const [, , , , , , operation, , request] = tokens;
  if (!operation || !verb.test(operation.value) || !request || !stampOf(stamp.value)) return null;
  const uri = request.kind === 'quoted' ? requestFields(request).filter(({ name }) => name !== 'operation') : [];
  return [...namedTokens(tokens, before), ...uri, ...namedTokens(tokens.slice(9), behind)];
}
