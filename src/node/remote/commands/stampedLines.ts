/** A line that a container runtime stamped; of each text one character is one byte. */
export interface StampedLine {
  /** In UTC, with nine digits of the second: two of them compare as texts do. */
  stamp: string;
  text: string;
}

const stamped = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d) ?/;

/** A line of `logs --timestamps` (docker, podman, kubectl); `null` where it has no stamp. */
export function stampedLine(line: string): StampedLine | null {
  const match = stamped.exec(line.slice(0, 48));
  if (!match) return null;
  const [head, seconds = '', digits = '', zone = ''] = match;
  const stamp = utcStamp(seconds, digits, zone);
  return stamp === null ? null : { stamp, text: line.slice(head.length) };
}

function utcStamp(seconds: string, digits: string, zone: string): string | null {
  if (zone === 'Z') return `${seconds}.${digits.padEnd(9, '0')}Z`;
  const time = Date.parse(seconds + zone);
  return Number.isNaN(time) ? null : `${new Date(time).toISOString().slice(0, 19)}.${digits.padEnd(9, '0')}Z`;
}

/** A stamp so many milliseconds before another one, whole seconds. */
export function stampBefore(stamp: string, milliseconds: number): string {
  const time = Date.parse(`${stamp.slice(0, 19)}Z`) - milliseconds;
  return Number.isNaN(time) ? stamp : new Date(time).toISOString().slice(0, 19) + stamp.slice(19);
}

/** Docker cuts longer lines, and stamps each part: without a break between them. */
const dockerPart = 16 * 1024;
const dockerStampLength = 31;

/** The parts of one line as docker cut it; itself where it is whole. */
export function* partsOf(line: StampedLine): Generator<StampedLine> {
  let { stamp, text } = line;
  for (;;) {
    const next = text.length > dockerPart + dockerStampLength ? stampedLine(text.slice(dockerPart)) : null;
    if (!next || text.charAt(dockerPart + dockerStampLength - 1) !== ' ') break;
    yield { stamp, text: text.slice(0, dockerPart) };
    ({ stamp, text } = next);
  }
  yield { stamp, text };
}
