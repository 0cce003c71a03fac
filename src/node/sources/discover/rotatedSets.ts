/** The files of a folder that are one log, cut by rotation: by their names, oldest first. */
export interface RotatedSet {
  /** What the file is called that is written to, whether it is there or not. */
  name: string;
  /** Files with the same `turn` are the same part of the log, for instance packed and not yet removed. */
  members: { name: string; turn: string }[];
}

interface Part {
  file: string;
  set: string;
  /** Dated ones come before numbered ones, and the live file last. */
  kind: 'dated' | 'numbered' | 'live';
  date: string;
  number: number;
  /** Whether the number stands behind the whole name, before its ending with a dot, or with a dash. */
  style: 'behind' | 'dot' | 'dash' | null;
}

const order: Record<Part['kind'], number> = { dated: 0, numbered: 1, live: 2 };

const packed = /\.(?:gz|zstd?|bz2|xz)$/i;
const ending = /\.(?:log|txt|jsonl?|ndjson|out|err|csv|tsv)$/i;
/** Year, month, perhaps day and time, with or without separators. */
const day = '(?:19|20)\\d\\d(?:-(?:0[1-9]|1[0-2])|[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\\d|3[01]))';
const time = '(?:[-_T](?:[01]\\d|2[0-3])(?:[-_.:]?[0-5]\\d(?:[-_.:]?[0-5]\\d(?:[.,]\\d{1,9})?)?)?Z?)?';
const dated = new RegExp(`^(.*?)(?:^|[-_.])(${day}${time})(?:[-_.](\\d{1,5}))?$`);
/** `logrotate` with `dateformat -%s`, perhaps behind a day. */
const epoch = /^(.*)-(\d{10})$/;
const numbered = /^(.*)\.(\d{1,5})$/;
const dashed = /^(.*)-(\d{1,5})$/;
const previous = /^(.*)\.(?:old|prev)$/i;

/**
 * Finds rotated sets of at least two files among the names of one folder: `app.log.1`, `app.log.2.gz`, `app.log-20260302`,
 * `app-2026-03-02.log`, `app.2026-03-02.1.log.gz`, `app.1.log`, `0.log.20260302-101500.gz` and the like. Only an order
 * follows from it, and what may be there twice (`app.log` beside `app.log.gz`): files that look like rotated ones but are of several processes lose nothing.
 */
export function rotatedSets(names: readonly string[]): RotatedSet[] {
  const files = new Set(names.map(name => name.replace(packed, '')));
  const groups = new Map<string, Part[]>();
  for (const name of names) {
    const part = partOf(name, files);
    const group = groups.get(part.set);
    if (group) group.push(part);
    else groups.set(part.set, [part]);
  }
  return [...groups].flatMap(([name, parts]) => {
    // Packed files of one name alone may as well hold different things.
    if (parts.length < 2 || parts.every(({ kind, file }) => kind === 'live' && packed.test(file))) return [];
    // `app.1.log` beside `app.log` is the latest of those that were moved on; alone it is the first that was begun.
    const moved = parts.some(({ kind, style }) => kind === 'live' || style === 'behind');
    const sorted = parts.map(part => ({ ...part, number: age(part, moved) })).sort(compare);
    return [{ name, members: sorted.map(part => ({ name: part.file, turn: turnOf(part) })) }];
  });
}

function partOf(file: string, files: ReadonlySet<string>): Part {
  const name = file.replace(packed, '');
  const part = { file, date: '', number: 0, style: null };
  const [end = ''] = ending.exec(name) ?? [];
  const stem = name.slice(0, name.length - end.length);
  const date = dated.exec(stem);
  if (date) {
    const [, base = '', digits = '', number = '0'] = date;
    return { ...part, set: base + end, kind: 'dated', date: digits.replace(/\D/g, ''), number: Number(number) };
  }
  const second = end === '' ? epoch.exec(name) : null;
  if (second) {
    const [, base = '', seconds] = second;
    return { ...part, set: dated.exec(base)?.[1] || base, kind: 'dated', date: dateOf(Number(seconds)) };
  }
  const old = end === '' ? previous.exec(name) : null;
  if (old) return { ...part, set: old[1] ?? '', kind: 'numbered', number: 1, style: 'behind' };
  const dot = numbered.exec(stem);
  if (dot?.[1]) {
    const style = end === '' ? 'behind' : 'dot';
    return { ...part, set: dot[1] + end, kind: 'numbered', number: Number(dot[2]), style };
  }
  const dash = dashed.exec(stem);
  // Without a live file these are more likely the logs of several processes.
  if (dash?.[1] && files.has(dash[1] + end)) {
    return { ...part, set: dash[1] + end, kind: 'numbered', number: Number(dash[2]), style: 'dash' };
  }
  return { ...part, set: name, kind: 'live' };
}

const dateOf = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/\D/g, '').slice(0, 14);

function age({ kind, number, style }: Part, moved: boolean): number {
  if (kind !== 'numbered') return number;
  return style === 'behind' || (style === 'dot' && moved) ? -number : number;
}

const turnOf = ({ kind, date, number }: Part): string => `${kind} ${date} ${number}`;

/** Digits of a date that says less stand for its beginning. */
const compare = (a: Part, b: Part): number =>
  order[a.kind] - order[b.kind] ||
  compareText(a.date.padEnd(24, '0'), b.date.padEnd(24, '0')) ||
  a.number - b.number ||
  Number(packed.test(b.file)) - Number(packed.test(a.file)) ||
  compareText(a.file, b.file);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
