import { plainName } from './fieldNames';
import { requestMethods } from './httpMethod';
import type { ReadField } from './recordReader';

/** What a record without a message was written for. */
export interface LoggedRequest {
  /** As it was logged: `GET /orders?id=5`. */
  line: string;
  /** Method and path: `GET /orders`. */
  operation: string;
}

const methodName = /^(?:http|cs)?(?:request)?(?:method|verb)$/;
const pathName =
  /^(?:http|cs|url)?(?:request)?(?:path|pathname|uri|url|uristem|uripath|urlpath|pathinfo|target|original|full|resourcepath)$/;
const lineName = /^(?:http)?request(?:line)?$/;
const method = new RegExp(`^(?:${requestMethods})$`);
const line = new RegExp(`^(${requestMethods}) (\\S+)(?: HTTP/[\\d.]+)?$`);
const longest = 8192;

/**
 * The request in the fields of an access log that has no message (nginx with `escape=json`, Traefik, Caddy, IIS): its first
 * line in one field, or method and path in two, the first of each, whatever objects they stand in.
 */
export function loggedRequest(fields: readonly ReadField[]): LoggedRequest | null {
  let verb: string | null = null;
  let path: string | null = null;
  for (const { name, value } of fields) {
    if (value.length > longest) continue;
    const key = plainName(name.slice(name.lastIndexOf('.') + 1));
    const whole = lineName.test(key) ? line.exec(value) : null;
    if (whole) return requestOf(whole[1] ?? '', whole[2] ?? '');
    if (methodName.test(key) && method.test(value)) verb ??= value;
    else if (pathName.test(key) && /^(?:\/|https?:\/\/)\S*$/.test(value)) path ??= value;
  }
  return verb && path ? requestOf(verb, path) : null;
}

function requestOf(verb: string, target: string): LoggedRequest {
  const path = target.replace(/^https?:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '');
  return { line: `${verb} ${target}`, operation: `${verb} ${path || '/'}` };
}
