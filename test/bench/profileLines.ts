/** Lines in the common formats, made up: what `profile.ts` measures on. Each begins a record of its own. */

const hex = (index: number, length: number): string =>
  ((index * 2_654_435_761) >>> 0).toString(16).padStart(8, '0').repeat(4).slice(0, length);
const two = (value: number): string => String(value).padStart(2, '0');
const clock = (index: number): string =>
  `${two(Math.floor(index / 36_000) % 24)}:${two(Math.floor(index / 600) % 60)}:${two(Math.floor(index / 10) % 60)}.${String((index * 97) % 1000).padStart(3, '0')}`;
const iso = (index: number): string => `2026-03-02T${clock(index)}Z`;
const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

const levels = ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR'];
const services = ['storefront', 'basket', 'payments', 'mailer'];
const loggers = ['shop.web.CartController', 'shop.pay.CardGateway', 'shop.mail.Outbox', 'shop.stock.Shelves'];
const messages = [
  'Request received from the gateway',
  'Card checked: order_id=778 amount=12.50',
  'Publishing basket.confirmed to the broker',
  'Shelf lookup completed in 24 ms',
  'Mail queued, 3 attempts left',
  'Stock reservation failed after 2.1 s: connection reset by peer',
];
/** Records of one request stand a few lines apart. */
const request = (index: number): number => Math.floor(index / 40) * 8 + (index % 8);

const logback = (index: number): string =>
  `2026-03-02 ${clock(index).replace('.', ',')} ${pick(levels, index).padEnd(5)} [exec-${index % 9}] ${pick(loggers, index)} - [traceId=${hex(request(index), 32)}, spanId=${hex(index, 16)}] ${pick(messages, index)}`;

const json = (index: number): string =>
  JSON.stringify({
    timestamp: iso(index),
    level: pick(levels, index),
    service: pick(services, index),
    host: `node-${index % 5}`,
    logger: pick(loggers, index),
    message: pick(messages, index),
    context: { correlationId: hex(request(index), 32), stepId: hex(index, 16), userId: `u${index % 50}` },
    durationMs: index % 700,
  });

const span = (index: number): string =>
  JSON.stringify(
    {
      traceId: hex(request(index), 32),
      parentId: hex(index - 1, 16),
      id: hex(index, 16),
      kind: 'SERVER',
      name: `get /${pick(services, index)}`,
      timestamp: 1_772_446_500_000_000 + index * 1000,
      duration: 1000 + (index % 9000),
      localEndpoint: { serviceName: pick(services, index), ipv4: '192.0.2.7', port: 8080 },
      tags: { 'http.method': 'GET', 'http.path': `/${pick(services, index)}`, 'http.status_code': '200' },
    },
    null,
    2,
  );

export interface LineFormat {
  line(index: number): string;
  /** What stands before the first line. */
  head?: string;
  /** The same at the end of each line. */
  separator?: string;
}

export const lineFormats: Record<string, LineFormat> = {
  'JSON lines': { line: json },
  logfmt: {
    line: index =>
      `time=${iso(index)} level=${pick(levels, index).toLowerCase()} service=${pick(services, index)} trace_id=${hex(request(index), 32)} span_id=${hex(index, 16)} msg="${pick(messages, index)}" duration=${index % 700}ms`,
  },
  bracketed: {
    line: index =>
      `• ${iso(index)} ${pick(levels, index)} [correlationId: ${hex(request(index), 32)}, stepId: ${hex(index, 16)}, service: ${pick(services, index)}] ${pick(messages, index)}`,
  },
  'logback text': { line: logback },
  'access log': {
    line: index =>
      `192.0.2.${index % 250} - - [02/Mar/2026:${clock(index).slice(0, 8)} +0000] "GET /${pick(services, index)}/${index} HTTP/1.1" ${pick(['200', '304', '404', '502'], index)} ${index % 9000} "-" "curl/8.5.0" rt=0.${two(index % 100)}4 request_id=${hex(index, 32)}`,
  },
  CSV: {
    head: 'time,level,service,trace_id,span_id,message,duration_ms\n',
    line: index =>
      `${iso(index)},${pick(levels, index)},${pick(services, index)},${hex(request(index), 32)},${hex(index, 16)},"${pick(messages, index)}",${index % 700}`,
  },
  'pretty JSON': { head: '[\n', line: span, separator: ',' },
  'docker text': {
    line: index => JSON.stringify({ log: `${logback(index)}\n`, stream: 'stdout', time: iso(index) }),
  },
  'keyless text': {
    line: index =>
      `Mar  2 ${clock(index).slice(0, 8)} worker ${pick(loggers, index)}: job_${202_603_020_000 + request(index)} ${pick(messages, index)} for item ${index % 17}`,
  },
};
