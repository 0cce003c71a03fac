import { severityOfWord } from '../../profile/severity';
import { behindPrefix, groupFields, prefixReach, type Wrapper, wrapperStamp } from './wrapper';

/**
 * What runners of several programs put before each line: `web-1  | …`, `web_1 | …` (Docker Compose), `10:15:00 web.1 | …`
 * (Foreman, Honcho), `0|web | …` (PM2). The name is one of a container or process; without its number, that of the service.
 */
export const compose: Wrapper = {
  name: 'compose',
  isAmbiguous: false,
  isPrefix: true,
  open(line) {
    const match = head.exec(line.slice(0, prefixReach));
    const [whole, , name] = match ?? [];
    if (whole === undefined || name === undefined || severityOfWord(name) !== null) return null;
    return behindPrefix(line, whole.length, name);
  },
  fieldsOf(line) {
    const match = head.exec(line.slice(0, prefixReach));
    return groupFields(match, [wrapperStamp, match?.[4] === undefined ? '' : 'hostname', 'container']).filter(
      ({ name }) => name !== '',
    );
  },
};

const head =
  /^(?:\x1b\[[0-9;]*[A-Za-z])*(?:(\d\d:\d\d:\d\d(?:\.\d{1,9})?) |\d{1,3}\|)?(?:\x1b\[[0-9;]*[A-Za-z])*(([A-Za-z][\w.-]{0,62}?)([-_.]\d{1,3})?)(?:\x1b\[[0-9;]*[A-Za-z])* +(?:\x1b\[[0-9;]*[A-Za-z])*\|(?:\x1b\[[0-9;]*[A-Za-z])*(?: |$)/d;
