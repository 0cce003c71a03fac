import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { commands, env, type LogOutputChannel, Uri, window } from 'vscode';
import { traceLink } from '../../src/common/query/traceLink';
import { extensionId } from '../../src/vscode/contributions';
import { LinkHandler } from '../../src/vscode/pick/linkHandler';
import { staysInside } from '../../src/vscode/sources/sourcePatterns';
import type { ShowManner } from '../../src/vscode/timeline/timelines';
import { ErrorReporter } from '../../src/vscode/userError';
import { activateExtension, closeAll, eventually, sampleLog, showcaseId, timelineTabs } from './support/workspace';

const log = { error: () => {}, show: () => {} } as unknown as LogOutputChannel;
const at = (path: string, query = '') => Uri.from({ scheme: env.uriScheme, authority: extensionId, path, query });
const outside = ['/var/log/app/**', '/srv/[x](command:y).log'];

describe('A link from outside', () => {
  const { showErrorMessage, showWarningMessage } = window;
  const errors: string[] = [];
  const questions: { message: string; modal: boolean; detail: string }[] = [];
  let answer: string | undefined;

  before(activateExtension);
  beforeEach(() => {
    errors.length = 0;
    questions.length = 0;
    Object.assign(window, {
      showErrorMessage: async (message: string) => void errors.push(message),
      showWarningMessage: async (message: string, { modal, detail }: { modal: boolean; detail: string }) => {
        questions.push({ message, modal, detail });
        return answer;
      },
    });
  });
  afterEach(async () => {
    Object.assign(window, { showErrorMessage, showWarningMessage });
    await closeAll();
  });

  const opened = async (uri: Uri, places: string[]) => {
    const shown: [text: string, manner: ShowManner][] = [];
    const show = async (text: string, manner: ShowManner) => void shown.push([text, manner]);
    await new LinkHandler({ errors: new ErrorReporter(log), outside: () => places, show }).handleUri(uri);
    return shown;
  };

  it('opens the trace that it names, through VS Code', async () => {
    const uri = traceLink(env.uriScheme, extensionId, { id: showcaseId, step: 'llm-1' });
    await commands.executeCommand('vscode.open', Uri.parse(uri));
    await eventually('its timeline', () => timelineTabs().find(({ label }) => label.startsWith('7c2d9f7b')));
  });

  it('selects its step, and asks nothing where all that is read lies in the workspace', async () => {
    assert.deepEqual(await opened(at('/trace', `id=${showcaseId}&step=a b`), []), [[showcaseId, { selected: 'a b' }]]);
    assert.deepEqual([...questions, ...errors], []);
  });

  it('runs nothing else, and says what a link looks like', async () => {
    for (const uri of [
      at('/'),
      at('/trace'),
      at('/command', 'id=abcdefgh'),
      at('/trace', 'file=/etc/passwd&id=abcdefgh'),
    ]) {
      errors.length = 0;
      assert.deepEqual(await opened(uri, []), []);
      assert.equal(errors.length, 1);
      assert.match(errors[0] ?? '', /This link names no trace/);
      assert.doesNotMatch(errors[0] ?? '', /passwd/);
    }
  });

  it('asks before logs outside of the workspace are read, and says which', async () => {
    answer = undefined;
    assert.deepEqual(await opened(at('/trace', `id=${showcaseId}`), outside), []);
    assert.equal(questions.length, 1);
    const [question] = questions;
    assert.ok(question?.modal);
    assert.match(question.detail, /\/var\/log\/app/);
    assert.doesNotMatch(question.message + question.detail, /\]\(command:/);
    answer = 'Search';
    assert.deepEqual(await opened(at('/trace', `id=${showcaseId}`), outside), [[showcaseId, { selected: null }]]);
  });

  it('knows what lies outside', () => {
    const folder = sampleLog('.');
    for (const inside of [join(folder, 'api.log'), `${folder}/**/*.log`, folder])
      assert.ok(staysInside(inside, [folder]), inside);
    for (const other of [
      '/var/log/**/*.log',
      `${folder}/../x.log`,
      `${folder}/*/../../x`,
      'https://logs.test/',
      `${folder}2/a.log`,
    ])
      assert.ok(!staysInside(other, [folder]), other);
    assert.ok(!staysInside(join(folder, 'api.log'), []));
  });
});
