import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const readme = join(root, 'README.md');
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
  it('shows the JSON documents as the code has them', () => {
    const text = readFileSync(readme, 'utf8');
    const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
    assert.ok(from >= begin.length && to >= from, 'the markers are there');
    const expected = `${text.slice(0, from)}${reference()}${text.slice(to)}`;
    if (process.env.UPDATE_README) writeFileSync(readme, expected);
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
