import { behindPrefix, groupFields, prefixReach, type Wrapper, wrapperStamp } from './wrapper';

/** Heroku's logplex: `2026-03-02T10:15:00.123456+00:00 app[web.1]: …`, source and process before the line. The type of
 * the process, `web`, is what does the work; there may be several of it. */
export const heroku: Wrapper = {
  name: 'heroku',
  isAmbiguous: false,
  isPrefix: true,
  open(line) {
    const match = head.exec(line.slice(0, prefixReach));
    return match && behindPrefix(line, match[0].length, match[2] ?? '');
  },
  fieldsOf: line => groupFields(head.exec(line.slice(0, prefixReach)), [wrapperStamp, 'hostname', 'container']),
};

const head =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?[+-]\d\d:\d\d) (?:[a-z][\w-]{0,40})\[(([a-z][\w-]{0,60})(?:\.\w{1,40})?)\]:(?: |$)/d;
