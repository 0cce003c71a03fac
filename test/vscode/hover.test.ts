import { strict as assert } from 'node:assert';
import {
  CancellationTokenSource,
  commands,
  type Hover,
  type MarkdownString,
  Position,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { LogEngine } from '../../src/common/protocol/logEngine';
import { commandIds, linkCommandIds } from '../../src/vscode/contributions';
import { EngineAccess } from '../../src/vscode/engine/engineAccess';
import { IdHoverProvider } from '../../src/vscode/hover/hover';
import { HoverLinks } from '../../src/vscode/hover/hoverLinks';
import { HoverTraces } from '../../src/vscode/hover/hoverTraces';
import { LineTraces } from '../../src/vscode/navigation/lineTraces';
import { openHoverLink } from '../../src/vscode/navigation/openHoverLink';
import { compressedLogUri } from '../../src/vscode/sources/compressedLogs';
import type { ErrorReporter } from '../../src/vscode/userError';
import { realEngine } from './support/engine';
import { activateExtension, closeAll, eventually, sampleLog, showcaseId, timelineTabs } from './support/workspace';

describe('The hover', () => {
  before(async () => {
    await activateExtension();
    // What a hover says of the whole request is known once it has been looked up.
    await commands.executeCommand(commandIds.trace, showcaseId);
    await eventually('a timeline', () => timelineTabs()[0]);
  });
  after(closeAll);

  it('tells whose request a line belongs to, which step it is, and what came before', async () => {
    const document = await openLog('worker1.log');
    const line = lineWith(document, /7c2d9f7b.*LLM Inference started/);
    const [facts] = await eventually('a hover with the trace', async () => {
      const parts = await hoverParts(document, line, showcaseId);
      return parts.some(({ value }) => /This step/.test(value)) ? parts : undefined;
    });
    const text = plain(facts);
    assert.match(text, /u-42/);
    assert.match(text, /s-9/);
    assert.match(text, /Recovered/);
    assert.match(text, /LLM Inference/);
    assert.match(text, /Previous step.*Context Management/);
  });

  it('waits a moment for the logs to be read, and says to come back where that takes longer', async () => {
    const engine = realEngine();
    try {
      const document = await openLog('worker1.log');
      const line = lineWith(document, /7c2d9f7b.*LLM Inference started/);
      const slowly = (ms: number) => hoverAfter(engine, ms, document, idPosition(document, line, showcaseId));
      assert.match(await slowly(6_000), /still being read.*hover again.*\[\$\(watch\) Show When Read\]/);
      // Known to the engine, so that a busy machine does not make it slower than meant.
      const warm = await engine.lookup({ text: showcaseId });
      if (warm.kind === 'trace') await engine.release(warm.trace.traceId);
      const whole = await slowly(200);
      assert.match(whole, /Outcome Recovered.*This step/);
      assert.doesNotMatch(whole, /When Read/);
    } finally {
      await engine.dispose();
    }
  });

  it('offers to come back by itself where not even the line is read in time', async () => {
    const document = await openLog('worker1.log');
    const line = lineWith(document, /7c2d9f7b.*LLM Inference started/);
    const engine = { at: () => new Promise(() => {}), setSources: async () => {} } as unknown as LogEngine;
    assert.match(
      await hoverAfter(engine, 0, document, idPosition(document, line, showcaseId)),
      /still being read.*\[\$\(watch\) Show When Read\]/,
    );
  });

  it('comes back when its trace is known, at the place where it was', async () => {
    const engine = realEngine();
    const access = new EngineAccess(engine, () => [{ kind: 'path', path: sampleLog('.') }]);
    const traces = new HoverTraces(access);
    const links = new HoverLinks();
    try {
      const document = await openLog('worker1.log');
      await window.showTextDocument(document);
      const place = idPosition(document, lineWith(document, /7c2d9f7b.*LLM Inference started/), showcaseId);
      const token = links.tokenFor({ kind: 'hover', uri: document.uri.toString(), ...plainPlace(place) });
      const lines = new LineTraces(access, traces);
      const reveal = { views: { reveal: async () => {} }, engine };
      await openHoverLink({ links, lines, reveal, show: async () => {} }, token);
      assert.ok(window.activeTextEditor?.selection.active.isEqual(place));
      assert.notEqual((await lines.known(document, place.line)).trace, null, 'it was waited for');
      const gone = links.tokenFor({ kind: 'hover', uri: 'file:///gone.log', line: 0, character: 0 });
      await openHoverLink({ links, lines, reveal, show: async () => {} }, gone);
      assert.ok(window.activeTextEditor?.selection.active.isEqual(place));
    } finally {
      traces.dispose();
      await engine.dispose();
    }
  });

  it('has its link apart, trusted for one command, with an opaque argument', async () => {
    const document = await openLog('worker1.log');
    const parts = await hoverParts(document, lineWith(document, /7c2d9f7b/), showcaseId);
    const link = parts.at(-1);
    assert.match(link?.value ?? '', new RegExp(`\\(command:${linkCommandIds.openHoverLink}\\?`));
    assert.doesNotMatch(decodeURIComponent(link?.value ?? ''), /7c2d9f7b/);
    assert.deepEqual(link?.isTrusted, { enabledCommands: [linkCommandIds.openHoverLink] });
    for (const part of parts.slice(0, -1)) assert.ok(!part.isTrusted, 'only the link is trusted');
    for (const part of parts) assert.ok(!part.supportHtml, 'no HTML');
  });

  it('shows the trace with this step marked, as a picture of our own without a word of the log', async () => {
    const document = await openLog('worker1.log');
    const line = lineWith(document, /7c2d9f7b.*LLM Inference started/);
    const picture = await eventually('the picture', async () => {
      const parts = await hoverParts(document, line, showcaseId);
      return /!\[([^\]]*)\]\(data:image\/svg\+xml;base64,([\w+/=]+)\)/.exec(parts.at(-1)?.value ?? '') ?? undefined;
    });
    assert.match(picture[1] ?? '', /step 2$/);
    const svg = Buffer.from(picture[2] ?? '', 'base64').toString();
    assert.match(svg, /^<svg [^<]*>(<path [^<]*\/>)+<\/svg>$/);
    assert.ok(picture[0].length < 4096);
  });

  it('keeps hostile log text text (SEC-05)', async () => {
    const hostile = '[click](command:evil) ![p](http://evil.test/p.png) <img src=x> **bold** `code` \u202e';
    const content = `2026-03-02T10:15:00Z INFO correlationId=${showcaseId} service="${hostile}" ${hostile}\n`;
    const document = await workspace.openTextDocument({ content, language: 'log' });
    for (const { value } of (await hoverParts(document, 0, showcaseId)).slice(0, -1)) {
      const outsideCode = value.replace(/^(`{3,})[\s\S]*?^\1$/gm, '');
      assert.doesNotMatch(outsideCode, /(^|[^\\])\[click\]\(/);
      assert.doesNotMatch(outsideCode, /(^|[^\\])!\[p\]/);
      assert.ok(!value.includes('\u202e'), 'direction marks are made visible');
    }
  });

  it('works in what a compressed log holds', async () => {
    const document = await workspace.openTextDocument(compressedLogUri(sampleLog('api.log.1.gz')));
    const [facts] = await hoverParts(document, lineWith(document, /7c2d9f7b/), showcaseId);
    assert.match(plain(facts), /Request.*7c2d9f7b/);
  });

  it('calls an ID by its role where the line belongs to no request, and tells of no search', async () => {
    const content =
      'level=info userId=u-4711-abc msg="logged in"\nlevel=info msg="saw 9b2e7c40-1111-4222-8333-444455556666"\n';
    const document = await workspace.openTextDocument({ content, language: 'log' });
    const [user] = await eventually('what the line says', async () => {
      const parts = await hoverParts(document, 0, 'u-4711-abc');
      return /User/.test(plain(parts[0])) ? parts : undefined;
    });
    assert.doesNotMatch(plain(user), /Request|being read/);
    const [bare] = await hoverParts(document, 1, '9b2e7c40');
    assert.match(plain(bare), /ID.*9b2e7c40/);
    assert.doesNotMatch(plain(bare), /Request|being read/);
  });

  it('says so where the outcome is not known', async () => {
    const id = '5b1d9a52-2222-4333-8444-555566667777';
    const content = `2026-03-02T10:15:00Z INFO correlationId=${id} service=mail began\n2026-03-02T10:15:01Z INFO correlationId=${id} service=mail goes on\n`;
    const document = await workspace.openTextDocument({ content, language: 'log' });
    const [alone] = await hoverParts(document, 0, id);
    assert.match(plain(alone), /Time\*\* 2026-03-02 10:15:00 UTC/);
    await window.showTextDocument(document);
    const [facts] = await hoverParts(document, 0, id);
    assert.match(plain(facts), /Outcome\*\* Outcome unknown · 1.00 s/);
  });

  it('says nothing where there is no ID', async () => {
    const document = await workspace.openTextDocument({ content: 'just a few plain words here\n', language: 'log' });
    assert.deepEqual(await hoverParts(document, 0, 'plain'), []);
  });
});

const openLog = (name: string) => workspace.openTextDocument(Uri.file(sampleLog(name)));

function lineWith(document: TextDocument, pattern: RegExp): number {
  const line = document
    .getText()
    .split('\n')
    .findIndex(text => pattern.test(text));
  assert.notEqual(line, -1, `a line like ${pattern}`);
  return line;
}

const plainPlace = ({ line, character }: Position) => ({ line, character });

const idPosition = (document: TextDocument, line: number, word: string) =>
  new Position(line, document.lineAt(line).text.indexOf(word) + 3);

/** The first hover on an ID that nobody has looked up, where a look-up takes so long. */
async function hoverAfter(real: LogEngine, ms: number, document: TextDocument, at: Position): Promise<string> {
  const engine = {
    at: real.at.bind(real),
    release: real.release?.bind(real),
    lookup: (...args: Parameters<LogEngine['lookup']>) =>
      new Promise(resolve => setTimeout(resolve, ms)).then(() => real.lookup(...args)),
    setSources: real.setSources.bind(real),
  } as unknown as LogEngine;
  const access = new EngineAccess(engine, () => [{ kind: 'path', path: sampleLog('.') }]);
  const traces = new HoverTraces(access);
  const errors = { note: (error: unknown) => assert.fail(String(error)) } as unknown as ErrorReporter;
  const cancellation = new CancellationTokenSource();
  try {
    const hover = new IdHoverProvider(access, new HoverLinks(), traces, errors);
    const found = await hover.provideHover(document, at, cancellation.token);
    const parts = (found?.contents ?? []) as MarkdownString[];
    return parts.map(part => plain(part).replaceAll('**', '')).join(' ');
  } finally {
    traces.dispose();
  }
}

async function hoverParts(document: TextDocument, line: number, word: string): Promise<MarkdownString[]> {
  const position = idPosition(document, line, word);
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers.flatMap(({ contents }) => contents as MarkdownString[]);
}

/** `appendText` escapes and keeps blanks as entities. */
const plain = (part: MarkdownString | undefined) =>
  (part?.value ?? '').replaceAll('&nbsp;', ' ').replace(/\\(.)/g, '$1').replaceAll('\n', ' ');
