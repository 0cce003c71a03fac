// Writes codicons.ts: `node media/icons/update.mjs`, after an update of @vscode/codicons or a change of the table.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Our name of an icon -> its codicon. */
const table = {
  agent: 'robot',
  cancelled: 'circle-slash',
  check: 'check',
  chevron: 'chevron-right',
  clock: 'history',
  close: 'close',
  collapseAll: 'collapse-all',
  context: 'layers',
  copy: 'copy',
  detailsOff: 'layout-sidebar-right-off',
  detailsOn: 'layout-sidebar-right',
  error: 'error',
  expandAll: 'expand-all',
  external: 'link-external',
  filter: 'list-filter',
  fold: 'fold',
  goToFile: 'go-to-file',
  info: 'info',
  json: 'json',
  link: 'link',
  list: 'list-flat',
  live: 'broadcast',
  llm: 'sparkle',
  loading: 'loading',
  loop: 'sync',
  markdown: 'markdown',
  next: 'arrow-down',
  observability: 'pulse',
  path: 'git-commit',
  plumbing: 'plug',
  previous: 'arrow-up',
  question: 'question',
  recovered: 'pass',
  retrieval: 'database',
  search: 'search',
  tool: 'tools',
  unfold: 'unfold',
  warning: 'warning',
  work: 'gear',
};

const here = import.meta.dirname;
const icons = join(here, '..', '..', 'node_modules', '@vscode', 'codicons', 'src', 'icons');
const entries = Object.entries(table).map(([name, codicon]) => {
  const svg = readFileSync(join(icons, `${codicon}.svg`), 'utf8');
  const paths = [...svg.matchAll(/ d="([^"]+)"/g)].map(([, path]) => path.replace(/\d+\.\d+/g, shorten));
  const body = paths.map(path => `    '${path}',\n`).join('');
  return `  ${name}: [\n${body}  ],\n`;
});
writeFileSync(
  join(here, 'codicons.ts'),
  `/**
 * Shapes of the icons that the webviews use, 16 by 16, from Microsoft's codicons (CC BY 4.0,
 * https://github.com/microsoft/vscode-codicons). Drawn as elements, so that the page needs no font and its CSP nothing
 * more. Written by update.mjs.
 */
export const codicons = {
${entries.join('')}} satisfies Record<string, readonly string[]>;
`,
);

/** 1/100 of a pixel is as fine as a screen shows. */
function shorten(number) {
  return String(Number(Number(number).toFixed(2)));
}
