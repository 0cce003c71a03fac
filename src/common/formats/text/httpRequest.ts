import type { Field } from '../../model/fieldRole';
import { compoundId } from '../../profile/idShapes';
import { looksLikeId } from '../../profile/ids';
import type { LineToken } from './lineTokens';

const requestLine = /^([A-Z][A-Z_-]{2,19}) ([^\s?]+)(\?\S*)?(?: (HTTP\/\d(?:\.\d)?|[A-Z]{2,8}\/[\d.]+))?$/;

/** Whether a quoted part is the first line of a request (RFC 9112 §3): `GET /orders?id=1 HTTP/1.1`. */
export const isRequestLine = ({ kind, value }: LineToken): boolean =>
  kind === 'quoted' && value.length < 8192 && requestLine.exec(value)?.[4] !== undefined;

/**
 * The fields of a request line, named as OpenTelemetry does: method, path and query, and method and path together as
 * what was done. The line itself is the record's message.
 */
export function requestFields({ value, start, end }: LineToken): Field[] {
  const fields: Field[] = [{ name: 'message', value, start, end }];
  const match = requestLine.exec(value.slice(0, 8192));
  if (!match) return fields;
  const [, method = '', path = '', query] = match;
  const pathStart = start + method.length + 1;
  const pathEnd = pathStart + path.length;
  fields.push({ name: 'http.request.method', value: method, start, end: start + method.length });
  fields.push({ name: 'url.path', value: path, start: pathStart, end: pathEnd });
  if (query) fields.push({ name: 'url.query', value: query.slice(1), start: pathEnd + 1, end: pathEnd + query.length });
  fields.push({ name: 'operation', value: value.slice(0, pathEnd - start), start, end: pathEnd });
  return fields;
}

const hex16 = /^[0-9a-f]{16}$/i;
const hex32 = /^[0-9a-f]{32}$/i;

/**
 * IDs behind the known part of an access log's line, where servers are told to write them (`$request_id`,
 * `$http_x_request_id`, `$http_traceparent`, `X-Amzn-Trace-Id`): by shape, since only their place names them. A hex
 * number of 32 digits with one of 16 behind it is a trace and its span.
 */
export function trailingIds(tokens: readonly LineToken[]): Field[] {
  const fields: Field[] = [];
  for (const [index, { value, start, end }] of tokens.entries()) {
    const named = (name: string) => fields.push({ name, value, start, end });
    if (value.length > 255 || !looksLikeId(value)) continue;
    else if (compoundId(value)) named('trace_id');
    else if (hex16.test(value) && hex32.test(tokens[index - 1]?.value ?? '')) named('span_id');
    else named(hex32.test(value) && hex16.test(tokens[index + 1]?.value ?? '') ? 'trace_id' : 'request_id');
  }
  return fields;
}
