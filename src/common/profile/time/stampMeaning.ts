import { isStartName, lastPlain } from './span';

/**
 * Formats whose stamp is the start of what they tell of: Envoy `%START_TIME%` ("request start time"), HAProxy's accept
 * date (field-names §1.4). Others log what is over: nginx writes its line at the end of a request, an AWS load balancer
 * when it has answered. Apache's `%t` is "the time the request was received" (mod_log_config), but its lines look like
 * nginx's: a source's profile says so where it is known.
 */
const startFormats = new Set(['envoyLog', 'haproxyLog']);

const startField = /start|begin|request_?creation|received_?(?:at|time)|accept_?(?:date|time)/i;

/**
 * Whether a stamp beside a duration is the start or the end of it, by the source's format and the name of the field that
 * holds the stamp: of several the first that is no start, if one is.
 */
export function stampMeaning(format: string, stampFields: readonly string[]): 'start' | 'end' {
  const field = stampFields.find(name => !isStartName(lastPlain(name))) ?? stampFields[0];
  return startFormats.has(format) || (field !== undefined && startField.test(field)) ? 'start' : 'end';
}
