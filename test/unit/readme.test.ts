import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseQuery } from '../../src/common/query/query';
import { fieldNames, statuses } from '../../src/common/query/queryFields';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const readme = join(root, 'README.md');
/** What `--json` prints is told beside the command line: it is far too long for a first page. */
const documents = join(root, 'src/cli/README.md');
const [begin, end] = ['<!-- documents:begin (npm run readme) -->\n', '<!-- documents:end -->'];

/** The types of `--json`, as a code block. */
function reference(): string {
  const source = readFileSync(join(root, 'src/common/protocol/documents.ts'), 'utf8');
  return `\`\`\`ts\n${source
    .replace(/^import[\s\S]*?;\n/gm, '')
    .replace(/^export /gm, '')
    .trim()}\n\`\`\`\n`;
}

describe('the README', () => {
  it('leads to the JSON documents, which are as the code has them', () => {
    assert.match(readFileSync(readme, 'utf8'), /\]\(src\/cli\/README\.md#json-documents\)/);
    const text = readFileSync(documents, 'utf8');
    const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
    assert.ok(from >= begin.length && to >= from, 'the markers are there');
    const expected = `${text.slice(0, from)}${reference()}${text.slice(to)}`;
    if (process.env.UPDATE_README) writeFileSync(documents, expected);
    else assert.ok(text === expected, 'the types have changed: run "npm run readme"');
  });

  it('has every setting in its table, and no other', () => {
    const text = readFileSync(readme, 'utf8');
    const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { default: unknown }> } };
    };
    const rows = [...text.matchAll(/^\| `(throughline\.\w+)` \| `?(\w*)/gm)];
    const { properties } = contributes.configuration;
    assert.deepEqual(rows.map(([, name]) => name).sort(), Object.keys(properties).sort());
    for (const [, name = '', value = ''] of rows)
      if (typeof properties[name]?.default !== 'object') assert.equal(value, String(properties[name]?.default), name);
  });

  it('has every field of a query in its table, each with a query that can be read, and every status', () => {
    const text = readFileSync(readme, 'utf8');
    const table = /\| field \| compared with \| example \|\n([\s\S]*?)\n\n/.exec(text)?.[1] ?? '';
    const rows = table.split('\n').slice(1);
    const fields = rows.flatMap(row => [...row.split('|')[1]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
    assert.deepEqual(fields.sort(), [...fieldNames].sort());
    for (const row of rows) assert.ok(parseQuery(/`([^`]+)` \|$/.exec(row)?.[1] ?? '('), row);
    const status = rows.find(row => row.startsWith('| `status`')) ?? '';
    for (const name of statuses) assert.ok(status.includes(`\`${name}\``), name);
  });

  it('has examples of the command line that name what exists', () => {
    const text = readFileSync(readme, 'utf8');
    const lines = [...text.matchAll(/^npx throughline (.+)$/gm)].map(([, line = '']) => line.replace(/ {2,}#.*$/, ''));
    assert.ok(lines.length > 4);
    for (const line of lines) {
      const place = line.split(' ').at(-1)!.replace(/:\d+$/, '');
      assert.ok(existsSync(join(root, place)), line);
    }
  });

  it('is short enough to be read', () => {
    assert.ok(readFileSync(readme, 'utf8').split('\n').length < 320);
  });

  it('names only files, folders and scripts that exist', () => {
    const text = readFileSync(readme, 'utf8');
    for (const [, path] of text.matchAll(/\]\(([^)#:]+)\)/g)) assert.ok(existsSync(join(root, path!)), path);
    for (const [, path] of text.matchAll(/`((?:src|media|test)\/[\w./-]+)`/g))
      assert.ok(existsSync(join(root, path!)), path);
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const [, script] of text.matchAll(/npm run ([\w:]+)/g)) assert.ok(scripts[script!], script);
  });
});
