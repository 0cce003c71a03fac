import type { LogFormat } from '../logFormat';
import { matchedFields } from '../text/lineTokens';

const line =
  /^(\d{9,10}\.\d{3})\s{1,10}(\d{1,10}) (\S{1,255}) ([A-Z_]{3,40})\/(\d{3}) (\d+) (([A-Z_]{3,20}|-) (\S+)) (\S+) ([A-Z_]{3,40}\/\S+) (\S+)/d;
const names = [
  'timestamp',
  'duration_ms',
  'client',
  'cache_result',
  'http.response.status_code',
  'bytes',
  'message',
  'http.request.method',
  'url.full',
  'user',
  'upstream',
  'content_type',
];

/**
 * Squid's native access log: `seconds.millis duration-ms client result/status bytes METHOD URL user hierarchy/peer type`
 * (http://www.squid-cache.org/Doc/config/logformat/). The stamp is the end.
 */
export const squidLog: LogFormat = {
  name: 'squidLog',
  framing: 'line',
  begins: /^\d{9,10}\.\d{3}\s+\d+ \S+ [A-Z_]+\/\d{3} /,
  read(text) {
    const match = line.exec(text);
    return match && matchedFields(match, names);
  },
};
