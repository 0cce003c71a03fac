import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/poll';
import type { Workbench } from '../support/workbench';
import { workbenchSuite } from '../support/workbenchSuite';

const command = 'Throughline: How Are My Logs Read?';
const orders = ['PO-77120', 'PO-77121', 'PO-77122'];
/** An odd log: nothing in it is named as a correlation ID is. */
const lines = Array.from({ length: 60 }, (_, index) => {
  const [hour, second] = [String(10 + Math.floor(index / 30)), String(index % 30).padStart(2, '0')];
  return `2026-03-02 ${hour}:15:${second},120 WARN till - slip=${orders[index % 3]} lane=${index % 2} item scanned`;
});

describe('How logs are read, in VS Code', function () {
  this.timeout(120_000);
  const write = (folder: string) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'till.log'), `${lines.join('\n')}\n`);
    writeFileSync(
      join(folder, 'api.jsonl'),
      '{"time":"2026-03-02T10:15:00Z","level":"info","traceId":"t-00918273","msg":"hi"}\n',
    );
  };
  const suite = workbenchSuite({ folder: 'shop', write, viewport: { width: 1400, height: 900 } });
  const { folder } = suite;
  let workbench: Workbench;
  before(() => {
    workbench = suite.workbench;
  });

  const page = () => workbench.webviewFrame('.source');
  const openTill = async () => {
    const frame = await page();
    const source = frame.locator('.source', { hasText: 'till.log' });
    await until('the source to be open', async () => {
      if ((await source.getAttribute('open')) === null) await source.locator('summary').first().click();
      return source.locator('.sample').first().isVisible();
    });
    return source;
  };

  it('shows each log with its format, roles and samples, and opens a line', async () => {
    await workbench.runCommand(command);
    const source = await openTill();
    const text = (await source.innerText()).replaceAll('\u00a0', ' ');
    for (const fact of ['60 records', 'Time zone', 'Service', 'till', 'slip'])
      assert.ok(text.includes(fact), `${fact} in ${text}`);
    await workbench.screenshot('reading-view');
    await source.getByRole('button', { name: 'line 1', exact: true }).click();
    await workbench.editor.waitForTab('till.log');
  });

  it('takes the user’s word for what a field means, and writes it to the settings', async () => {
    await workbench.runCommand(command);
    const source = await openTill();
    await source.locator('.fields > summary').first().click();
    await source.getByRole('button', { name: 'Use As… for slip' }).first().click();
    await workbench.quickInput.fill('correlationId');
    await workbench.quickInput.accept();
    await workbench.quickInput.waitForItem(/till\.log only/);
    await workbench.quickInput.pick(/till\.log only/);
    const settings = join(folder, '.vscode', 'settings.json');
    await until('the setting to be written', async () => /"slip"/.test(readFileSync(settings, 'utf8')));
    const frame = await page();
    await until('the log to be read anew', async () =>
      /100 % with a correlation ID/.test(
        await frame.locator('.source', { hasText: 'till.log' }).locator('summary').first().innerText(),
      ),
    );
    const written = JSON.parse(readFileSync(settings, 'utf8'))['throughline.sources'];
    assert.deepEqual(written.at(-1), { path: 'till.log', fields: { correlationId: ['slip'] } });
    await workbench.screenshot('reading-view-after');
    await workbench.trace(orders[1] ?? '');
    const timeline = await workbench.webviewFrame('[role=treegrid] .row[aria-busy=false]');
    assert.match((await timeline.locator('header').innerText()).replaceAll('\u00a0', ' '), /20 lines/);
  });

  it('asks for a time zone and refuses one that is none', async () => {
    await workbench.runCommand(command);
    const source = await openTill();
    await source.getByRole('button', { name: 'Change: Time zone' }).click();
    await workbench.quickInput.fill('Atlantis/Centre');
    await until('the refusal', async () => /no time zone/.test(await workbench.quickInput.widget.innerText()));
    await workbench.quickInput.fill('Europe/Berlin');
    await workbench.quickInput.accept();
    const frame = await page();
    await until('the zone to be taken', async () =>
      /Europe\/Berlin/.test(await frame.locator('.source', { hasText: 'till.log' }).innerText()),
    );
  });
});
