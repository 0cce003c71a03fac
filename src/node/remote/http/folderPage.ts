import * as v from 'valibot';
import { decoded } from './httpPlace';

/** One file or folder that a page lists. */
export interface FolderRow {
  /** Below the folder that the page is of, one level down. */
  url: URL;
  /** As a person reads it. */
  name: string;
  isFolder: boolean;
  /** What the page says beside it: another one where it has changed, as far as the page is that exact. */
  stamp: string;
}

export interface FolderPage {
  rows: FolderRow[];
  /** Links that lead to somewhere else. */
  foreign: number;
}

/**
 * The listing of a folder as nginx (`autoindex on`, as a page or as JSON) and Apache (`mod_autoindex`, plain or as a table)
 * make it. Links count only where they lead one level down: a page may hold any (SEC-18).
 * @param base URL of the folder, with `/` at its end
 * @returns `null` for what is no listing
 */
export function folderPageOf(text: string, contentType: string, base: URL): FolderPage | null {
  if (/^application\/json\b/i.test(contentType)) return jsonPage(text, base);
  return /^text\/html\b/i.test(contentType) ? htmlPage(text, base) : null;
}

function htmlPage(html: string, base: URL): FolderPage | null {
  if (!/<(?:title|h1)>\s*(?:index of|directory listing for) /i.test(html.slice(0, 64 * 1024))) return null;
  const page: FolderPage = { rows: [], foreign: 0 };
  const seen = new Set<string>();
  for (const link of html.split(/<a\s/i).slice(1)) {
    const end = link.indexOf('>');
    const [, double, single] = /\bhref\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')/i.exec(link.slice(0, Math.max(0, end))) ?? [];
    const href = double ?? single;
    if (href === undefined) continue;
    const row = rowOf(unescaped(href), link.slice(end), base);
    if (row === 'foreign') page.foreign++;
    // An icon beside the name leads to the same.
    if (typeof row === 'string' || seen.has(row.url.href)) continue;
    seen.add(row.url.href);
    page.rows.push(row);
  }
  return page;
}

const jsonRows = v.array(
  v.object({
    name: v.string(),
    type: v.string(),
    mtime: v.optional(v.string()),
    size: v.optional(v.number()),
  }),
);

function jsonPage(text: string, base: URL): FolderPage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = v.safeParse(jsonRows, value);
  if (!parsed.success) return null;
  const page: FolderPage = { rows: [], foreign: 0 };
  for (const { name, type, mtime = '', size = '' } of parsed.output) {
    const href = `./${encodeURIComponent(name)}${type === 'directory' ? '/' : ''}`;
    const row = type === 'directory' || type === 'file' ? rowOf(href, `${mtime} ${size}`, base) : 'foreign';
    if (row === 'foreign') page.foreign++;
    else if (row !== 'navigation') page.rows.push(row);
  }
  return page;
}

function rowOf(href: string, beside: string, base: URL): FolderRow | 'navigation' | 'foreign' {
  if (!URL.canParse(href, base.href)) return 'foreign';
  const url = new URL(href, base);
  const isHere = url.origin === base.origin && url.username === base.username && url.password === '';
  // To the folder above, and to this one sorted in another way.
  if (isHere && base.pathname.startsWith(url.pathname)) return 'navigation';
  if (!isHere || !url.pathname.startsWith(base.pathname) || url.search !== '' || url.hash !== '') return 'foreign';
  const [, segment, slash] = /^([^/]+)(\/?)$/.exec(url.pathname.slice(base.pathname.length)) ?? [];
  const name = segment === undefined ? null : decoded(segment);
  if (name === null || /[/\\\0]/.test(name) || name === '.' || name === '..') return 'foreign';
  // Where the links of a folder need a signature, so do those to what is in it.
  url.search = base.search;
  return { url, name, isFolder: slash === '/', stamp: beside.slice(0, 400) };
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['#39', "'"],
]);

const unescaped = (text: string): string =>
  text.replace(/&(#39|[a-z]{2,4});/g, (whole, name: string) => entities.get(name) ?? whole);
