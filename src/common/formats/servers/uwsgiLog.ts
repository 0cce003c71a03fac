import type { LogFormat } from '../logFormat';
import { matchedFields } from '../text/lineTokens';

const line =
  /^\[pid: (\d+)\|app: [^|\]]{0,64}\|req: [^\]]{0,64}\] (\S{1,255}) \(([^)]{0,255})\) \{[^}]{0,255}\} \[([^\]]{10,40})\] (([A-Z]+) ([^\s?]+)(?:\S*)) => generated (\d+) bytes in (\d+ [a-z]+) \(HTTP\/[\d.]+ (\d{3})\)/d;
const names = [
  'pid',
  'client',
  'user',
  'timestamp',
  'message',
  'http.request.method',
  'url.path',
  'bytes',
  'duration',
  'http.response.status_code',
];

/**
 * uWSGI's request log: `[pid: 1|app: 0|req: 5/5] 1.2.3.4 () {38 vars in 696 bytes} [Mon Mar  2 10:15:00 2026] GET /x =>
 * generated 5 bytes in 3 msecs (HTTP/1.1 200) …` (https://uwsgi-docs.readthedocs.io/en/latest/LogFormat.html).
 */
export const uwsgiLog: LogFormat = {
  name: 'uwsgiLog',
  framing: 'line',
  begins: /^\[pid: \d+\|app: /,
  read(text) {
    const match = line.exec(text);
    if (!match) return null;
    const fields = matchedFields(match, names);
    const method = fields.find(({ name }) => name === 'http.request.method');
    const path = fields.find(({ name }) => name === 'url.path');
    if (!method || !path) return fields;
    const { start } = method;
    return [...fields, { name: 'operation', value: text.slice(start, path.end), start, end: path.end }];
  },
};
