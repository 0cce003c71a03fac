import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { ConfigurationTarget, commands, env, type LogOutputChannel, window, workspace } from 'vscode';
import { EngineError } from '../../src/common/protocol/logEngine';
import { roleQuery } from '../../src/common/query/roleQuery';
import { commandIds } from '../../src/vscode/contributions';
import { labelText, notificationText, traceItem } from '../../src/vscode/format';
import { idToOffer, soughtId } from '../../src/vscode/pick/idsOfEditor';
import { SourcePlaces } from '../../src/vscode/sources/sourcePlaces';
import { searchReport } from '../../src/vscode/timeline/searchReport';
import { ErrorReporter, UserError } from '../../src/vscode/userError';
import { activateExtension, closeAll, eventually, sampleLog, showcaseId, timelineTabs } from './support/workspace';

/** What VS Code makes a link of in a notification (vs/base/common/linkedText.ts). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const hostile = [
  '[Fix](command:workbench.action.terminal.new)',
  'u-[x](https://evil.test/ "t")',
  '[[a](command:b)](file:///etc/passwd)',
  '[a]\u200b(command:x)[b](command:y)\u202e',
  '$(flame) $(sync~spin)',
];
const harmless = (text: string) => {
  assert.doesNotMatch(text, link);
  assert.ok(!text.includes('$('), text);
  assert.doesNotMatch(text, /[\u202e\u200b\n]/);
};

describe('Notifications', () => {
  const shown: string[] = [];
  const lines: string[] = [];
  const { showErrorMessage, showInformationMessage, showWarningMessage } = window;
  const log = {
    error: (line: string) => lines.push(line),
    info: () => {},
    show: () => {},
  } as unknown as LogOutputChannel;
  const errors = new ErrorReporter(log);

  before(async () => {
    await activateExtension();
    const record = async (message: string) => void shown.push(message);
    Object.assign(window, { showErrorMessage: record, showInformationMessage: record, showWarningMessage: record });
  });
  beforeEach(() => {
    shown.length = 0;
    lines.length = 0;
  });
  afterEach(closeAll);
  after(() => Object.assign(window, { showErrorMessage, showInformationMessage, showWarningMessage }));

  it('hold no link, whatever an ID, a user, an error, a setting or a file is called', () => {
    const report = searchReport({ errors, log, warn: () => {} });
    const completeness = { sources: 1, bytesRead: 1, elapsedMs: 1 } as never;
    for (const text of hostile) {
      report({ kind: 'notFound', completeness }, text, false);
      report({ kind: 'failed', error: new EngineError(`There is no ID in “${text}”.`) }, text, false);
      errors.show(new UserError(`The log is no longer there: /tmp/${text}.log`));
      harmless(notificationText(roleQuery('userId', text)));
      const item = traceItem(
        { correlationId: text, userId: text, services: [text], status: 'ok', records: 1 } as never,
        text,
      );
      for (const part of [item.label, item.description, item.detail]) harmless(part ?? '');
      harmless(labelText(text));
    }
    assert.equal(shown.length, 3 * hostile.length);
    for (const message of shown) harmless(message);
    for (const line of lines) assert.doesNotMatch(line, /[\u202e\u200b]/);
  });

  it('hold no link of a setting that came with a workspace', async () => {
    const value = hostile.map(text => `/${text}/*.log`);
    await workspace.getConfiguration('throughline').update('sources', value, ConfigurationTarget.Workspace);
    try {
      const memory = { keys: () => [], get: <T>(_key: string, fallback?: T) => fallback as T, update: async () => {} };
      const places = new SourcePlaces(memory, error => errors.show(error));
      places.current();
      places.warnOfRefused();
      assert.equal(shown.length, 1);
      assert.match(shown[0] ?? '', /a workspace may only name logs inside/);
      harmless(shown[0] ?? '');
    } finally {
      await workspace.getConfiguration('throughline').update('sources', undefined, ConfigurationTarget.Workspace);
    }
  });

  it('stay away where the timeline says it all', async () => {
    await commands.executeCommand(commandIds.trace, 'eeeeeeee-0000-4000-8000-123456789abc');
    await eventually('a timeline', () => timelineTabs()[0]);
    assert.deepEqual(shown, []);
  });
});

describe('A text that is handed in', () => {
  before(activateExtension);
  afterEach(closeAll);

  it('is offered from the clipboard only if it is an ID, and no secret', () => {
    assert.equal(idToOffer(`correlationId = ${showcaseId}`), showcaseId);
    assert.equal(idToOffer(showcaseId), showcaseId);
    assert.equal(idToOffer('requestId=req-77'), 'req-77');
    for (const text of [
      'Tr0ub4dor&3',
      'correct-horse-7-battery',
      `ghp_${'a1'.repeat(18)}`,
      'AKIAIOSFODNN7EXAMPLE',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
      `Authorization: Bearer ${showcaseId}`,
      `password=hunter2 requestId=${showcaseId}`,
      `api_key=${'0123456789abcdef'.repeat(2)}`,
    ]) {
      assert.equal(idToOffer(text), null, text);
    }
  });

  it('leads to no open timeline of an ID that it merely mentions', async () => {
    await commands.executeCommand(commandIds.trace, showcaseId);
    await eventually('a timeline', () => timelineTabs()[0]);
    const line = `correlationId=3f0c6a52-5a0a-4b6e-9c7d-1d2f8f0b7a11 parent=${showcaseId} hello`;
    assert.equal(soughtId(line), '3f0c6a52-5a0a-4b6e-9c7d-1d2f8f0b7a11');
    assert.equal(soughtId('user = "u-42"'), null);
    await commands.executeCommand(commandIds.trace, line);
    await eventually('another timeline', () => (timelineTabs().length === 2 ? true : undefined));
  });

  it('may be a message ID: the open timeline of its request shows what was found anew', async () => {
    const [, message] = /7c2d9f7b.*(msg-[0-9a-f]{12})/.exec(readFileSync(sampleLog('worker1.log'), 'utf8')) ?? [];
    assert.ok(message);
    await commands.executeCommand(commandIds.trace, showcaseId);
    await eventually('a timeline', () => timelineTabs()[0]);
    await commands.executeCommand(commandIds.trace, message);
    await eventually('one timeline', () => (timelineTabs().length === 1 ? true : undefined));
    await commands.executeCommand(commandIds.copyAsList);
    await eventually('its steps', async () => (/^Step 1\b/m.test(await env.clipboard.readText()) ? true : undefined));
  });
});
