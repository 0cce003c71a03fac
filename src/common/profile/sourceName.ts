const compression = /\.(?:gz|zst|bz2|xz|zip|lz4)$/i;
const extension = /\.(?:log|txt|jsonl?|ndjson|out|err|csv|tsv|logfmt)$/i;
const rotation =
  /(?:\.\d{1,4}|[._-](?:\d{4}[-_.]?\d{2}[-_.]?\d{2}(?:[-_.T]?\d{2}[-_.:]?\d{2}(?:[-_.:]?\d{2})?)?(?:-\d{1,4})?|stdout|stderr))$/i;
const noService =
  /^(?:|\d[\d._T:-]*|-|stdin|untitled.*|logs?|output|stdout|stderr|all|combined|merged|sample|trace|traces|events?)$/i;

/**
 * The service that a file's name tells: the name without path, compression, log extension, rotation number and date
 * (`logs/orders-api.2026-03-02.log.1.gz` → `orders-api`); for a bare number, as container runtimes write (`web/0.log`),
 * the folder's name. `null` where the name says nothing (`output.log`, standard input).
 */
export function serviceFromName(sourceName: string): string | null {
  const parts = sourceName
    .replace(/[?#].*$/, '')
    .split(/[\\/]/)
    .filter(part => part !== '');
  const name = bareName(parts.at(-1) ?? '');
  if (/^\d+$/.test(name) && parts.length > 1) {
    const folder = bareName(parts.at(-2) ?? '');
    return noService.test(folder) ? null : folder;
  }
  return noService.test(name) || name.length > 80 ? null : name;
}

function bareName(file: string): string {
  let name = file;
  for (let before = ''; before !== name; ) {
    before = name;
    name = name.replace(compression, '').replace(extension, '').replace(rotation, '');
  }
  return name;
}
