import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contributions from '../../src/vscode/contributions';
import { webviewHtml } from '../../src/vscode/webview/webviewHtml';

const root = join(import.meta.dirname, '..', '..');
const readJson = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));

interface Manifest {
  name: string;
  publisher: string;
  icon: string;
  engines: { vscode: string };
  devDependencies: Record<string, string>;
  activationEvents: string[];
  capabilities: { untrustedWorkspaces: { supported: string; restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string; enablement?: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    keybindings: { command: string }[];
    views: Record<string, { id: string }[]>;
    viewsWelcome: { view: string; contents: string; when?: string }[];
    walkthroughs: {
      id: string;
      steps: { description: string; media: { svg: string }; completionEvents: string[] }[];
    }[];
    configuration: { properties: Record<string, { default: unknown }> };
  };
}

const manifest: Manifest = readJson('package.json');
const { commands, menus, keybindings, configuration } = manifest.contributes;
const ids = (entries: { command: string }[]) => entries.map(({ command }) => command).sort();

describe('The manifest', () => {
  it('declares the commands that the code handles, no more and no fewer', () => {
    assert.deepEqual(ids(commands), Object.values(contributions.commandIds).sort());
  });

  it('names only its own commands in menus and keys', () => {
    const known = new Set(ids(commands));
    for (const id of ids([...Object.values(menus).flat(), ...keybindings])) assert.ok(known.has(id), id);
  });

  it('has the views that the code fills, each native one with a welcome', () => {
    const views = Object.values(manifest.contributes.views).flat();
    const { tracesViewId, stepsViewId, sourcesViewId } = contributions;
    assert.deepEqual(
      views.map(({ id }) => id),
      [tracesViewId, stepsViewId, sourcesViewId],
    );
    const welcomes = manifest.contributes.viewsWelcome;
    assert.deepEqual(
      welcomes.map(({ view }) => view),
      [stepsViewId, sourcesViewId],
    );
  });

  it('links in welcomes and in the walkthrough to commands that are there, and ships the pictures', () => {
    const texts = readJson('package.nls.json');
    const own = new Set<string>([...ids(commands), `${contributions.tracesViewId}.focus`]);
    const linked = [...JSON.stringify(texts).matchAll(/\(command:([\w.]+)/g)].map(([, id = '']) => id);
    assert.ok(linked.length > 8);
    for (const id of linked.filter(id => id.startsWith('throughline.'))) assert.ok(own.has(id), id);
    const [{ id, steps } = { id: '', steps: [] }] = manifest.contributes.walkthroughs;
    assert.ok(steps.length >= 4 && steps.length <= 6);
    const opens = encodeURIComponent(JSON.stringify([`${contributions.extensionId}#${id}`]));
    assert.ok(texts['welcome.steps'].includes(`command:workbench.action.openWalkthrough?${opens}`));
    // The welcome page knows bold text and code by two signs each; one alone it shows as it is.
    const single = /(?<![*`])[*`](?![*`])/;
    for (const [key, text] of Object.entries<string>(texts))
      if (key.startsWith('walkthrough.')) assert.doesNotMatch(text, single, key);
    for (const { description, media, completionEvents } of steps) {
      // A step is done by its button, whatever was on show before.
      const text: string = texts[description.replaceAll('%', '')];
      for (const [, id = ''] of text.matchAll(/\(command:([\w.]+)/g))
        assert.ok(completionEvents.includes(`onCommand:${id}`), id);
      assert.ok(existsSync(join(root, media.svg)), media.svg);
      for (const event of completionEvents) {
        const command = /^onCommand:(.*)/.exec(event)?.[1];
        if (command) assert.ok(own.has(command), event);
      }
    }
    assert.match(readFileSync(join(root, '.vscodeignore'), 'utf8'), /^!media\/walkthrough\/\*\.svg$/m);
  });

  it('ticks no step of the tour for a view that merely is on show', () => {
    const events = manifest.contributes.walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(step => step.completionEvents),
    );
    assert.deepEqual(
      events.filter(event => event.startsWith('onView:')),
      [],
    );
    const sampleLogs = readFileSync(join(root, 'src/vscode/sources/sampleLogs.ts'), 'utf8');
    for (const event of events.filter(event => !event.endsWith('openSampleLogs')))
      assert.ok(!sampleLogs.includes('tracesViewId') && !sampleLogs.includes(event.replace('onCommand:', '')), event);
  });

  it('offers to trace in a folder on folders, and in a file on logs', () => {
    const whenOf = (id: string) => menus['explorer/context']?.find(({ command }) => command === id)?.when ?? '';
    assert.match(whenOf(contributions.commandIds.traceInFolder), /&& explorerResourceIsFolder$/);
    assert.match(whenOf(contributions.commandIds.traceInFile), /^!explorerResourceIsFolder &&/);
  });

  it('keeps what works on a timeline or a search alone out of the palette', () => {
    for (const { command, enablement } of commands.filter(entry => entry.enablement)) {
      assert.equal(menus.commandPalette?.find(entry => entry.command === command)?.when, enablement, command);
    }
  });

  it('declares the settings that the code reads, with the same defaults', () => {
    assert.deepEqual(Object.keys(configuration.properties).sort(), Object.values(contributions.settingIds).sort());
    assert.deepEqual(configuration.properties[contributions.settingIds.sources]?.default, contributions.defaultSources);
    assert.equal(configuration.properties[contributions.settingIds.indexSize]?.default, contributions.defaultIndexSize);
  });

  it('restricts every setting in an untrusted workspace', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    assert.deepEqual(restrictedConfigurations.sort(), Object.values(contributions.settingIds).sort());
  });

  it('wakes up for logs, links, restored timelines and what is debugged only', () => {
    const allowed = /^onLanguage:(log|jsonl)$|^onUri$|^onWebviewPanel:|^onDebugAdapterProtocolTracker$/;
    for (const event of manifest.activationEvents) assert.match(event, allowed);
    assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${contributions.timelineViewType}`));
  });

  it('has hovers only in documents that wake it up, or that it shows itself', () => {
    for (const { scheme, language } of contributions.hoverDocuments) {
      const isShownByUs = scheme === contributions.logScheme || scheme === contributions.debugScheme;
      // The Output panel wakes nobody: there they come once the extension is at work.
      if (!isShownByUs && scheme !== contributions.outputScheme)
        assert.ok(manifest.activationEvents.includes(`onLanguage:${language}`));
    }
  });

  it('has the identity, the context keys and the icon that the code counts on', () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, contributions.extensionId);
    assert.ok(existsSync(join(root, manifest.icon)));
    const clauses = JSON.stringify(manifest.contributes);
    for (const key of Object.values(contributions.contextKeys)) assert.ok(clauses.includes(key), key);
  });

  it('ships the licences of what is bundled, written anew for every package', () => {
    assert.match(readJson('package.json').scripts.package, /build && tsx test\/host\/thirdPartyNotices\.ts && vsce/);
    assert.match(readFileSync(join(root, '.vscodeignore'), 'utf8'), /^!dist\/ThirdPartyNotices\.txt$/m);
  });

  it('needs the VS Code whose API it is compiled against', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  });

  it('has a text for every %name%, and no text too many', () => {
    const used = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(readJson('package.nls.json')).sort());
  });
});

describe('The page of the timeline (SEC-01)', () => {
  const parts = {
    nonce: 'bm9uY2U=',
    cspSource: 'https://*.vscode-cdn.net',
    script: 'start(1 < 2);',
    style: '.a > .b { color: red }',
    language: 'de',
    title: '<img src=x onerror=alert(1)>"',
  };
  const html = webviewHtml(parts);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

  it('has exactly the strict policy', () => {
    assert.equal(
      policy,
      `default-src 'none'; script-src 'nonce-bm9uY2U='; style-src https://*.vscode-cdn.net 'nonce-bm9uY2U='; ` +
        'font-src https://*.vscode-cdn.net; img-src https://*.vscode-cdn.net',
    );
    for (const hole of ['unsafe-inline', 'unsafe-eval', 'https: ', 'data:', '*;', 'connect-src']) {
      assert.ok(!policy.includes(hole), hole);
    }
  });

  it('has one script and one style, each with the nonce, and no other, nor a handler', () => {
    assert.deepEqual(html.match(/<script.*/g), ['<script nonce="bm9uY2U=">start(1 < 2);</script>']);
    assert.deepEqual(html.match(/<style.*/g), ['<style nonce="bm9uY2U=">.a > .b { color: red }</style>']);
    const own = html.replace(/<title>.*<\/title>/, '');
    assert.doesNotMatch(own, /\son[a-z]+\s*=|\sstyle=|\ssrc=|\shref=|javascript:/i);
  });

  it('takes no script and no style that would end their element', () => {
    for (const script of ['a("</script><b>")', 'a("<!--<script>")', '"</SCRIPT"'])
      assert.throws(() => webviewHtml({ ...parts, script }), /end its element/);
    assert.throws(() => webviewHtml({ ...parts, style: '.a { content: "</style>" }' }), /end its element/);
  });

  it('escapes what it is given, and names language and landmarks', () => {
    assert.ok(html.includes('<title>&lt;img src=x onerror=alert(1)&gt;&quot;</title>'));
    assert.ok(html.includes('<html lang="de">'));
    assert.match(html, /<main id="page"><\/main>/);
  });
});
