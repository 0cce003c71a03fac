import { behindPrefix, groupFields, prefixReach, type Wrapper, wrapperStamp } from './wrapper';

/**
 * A stamp that a tool puts before lines which have a head of their own: `docker logs -t`, `kubectl logs --timestamps`,
 * the logs of GitHub Actions, exports of log engines.
 */
export const stamp: Wrapper = {
  name: 'stamp',
  isAmbiguous: true,
  isPrefix: true,
  open(line) {
    const match = head.exec(line.slice(0, prefixReach));
    const end = match?.[0].length ?? 0;
    // Two stamps of one layout are two columns of the program's own: a start and an end.
    if (!match || layoutOf(line.slice(0, end)) === layoutOf(line.slice(end, 2 * end))) return null;
    return behindPrefix(line, end, '');
  },
  fieldsOf: line => groupFields(head.exec(line.slice(0, prefixReach)), [wrapperStamp]),
};

const head = /^\ufeff?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d))[ \t]/d;

const layoutOf = (text: string): string => text.replace(/\d/g, '0');
