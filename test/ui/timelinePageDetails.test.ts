import assert from 'node:assert/strict';
import { layoutThemes } from './support/pictures';
import { PageUnderTest } from './timelinePage/pageUnderTest';

describe('The details of a step in the timeline page', function () {
  this.timeout(60_000);
  const timeline = new PageUnderTest();
  const shown = (name: string) => timeline.page.locator('.details h2', { hasText: name }).waitFor();
  const section = (name: string | RegExp) =>
    timeline.page.locator('.details section', { has: timeline.page.getByRole('heading', { name }) }).last();
  const text = async (name: string | RegExp) => (await section(name).innerText()).replaceAll('\u00a0', ' ');

  it('lead to the steps before and after, over a fork and a join', async () => {
    await timeline.open('showcase');
    await timeline.row(2).click();
    await shown('Context Management');
    assert.match(await text('Previous step'), /2 LLM Inference stated in the log/);
    assert.match(await text('Next steps (2)'), /4a Tool: search .*\n4b Tool: fetch/);
    await section('Next steps (2)').getByRole('button', { name: '4b Tool: fetch' }).click();
    await timeline.selected(4);
    await shown('Tool: fetch');
    await section('Next step').getByRole('button', { name: /^5 / }).click();
    await timeline.selected(5);
    assert.match(await text('Previous steps (2)'), /4a [\s\S]*4b /);
  });

  it('name the step where the page is narrow, too', async () => {
    await timeline.page.setViewportSize({ width: 500, height: 800 });
    await timeline.open('showcase');
    await timeline.row(1).click();
    await shown('LLM Inference');
    const { width } = (await timeline.page.locator('.details h2').boundingBox()) ?? { width: 0 };
    assert.ok(width > 200, `${width} px`);
    await timeline.page.setViewportSize({ width: 1600, height: 900 });
  });

  it('name previous steps that are far out of view', async () => {
    await timeline.open('large');
    await timeline.page.evaluate(() => window.devHost.tell('select', { key: 'k5004' }));
    await timeline.selected(5004);
    await section('Previous steps (3)')
      .getByRole('button', { name: /^3002a Tool: search$/ })
      .waitFor();
  });

  it('tell the context of the step, as the logs spell it', async () => {
    await timeline.open('showcase');
    await timeline.row(1).click();
    await shown('LLM Inference');
    const context = (await text('Context')).replaceAll('\n', ' ');
    for (const fact of [/Correlation ID 7c2d9f7b/, /Step ID s2/, /Previous ID s1/, /User u-42/, /Organisation acme/])
      assert.match(context, fact);
  });

  it('say what the number of a cost is', async () => {
    await timeline.open('agent');
    await timeline.row(7).click();
    await shown('LLM Inference');
    const cost = timeline.page.locator('.step-fact', { hasText: 'Cost' });
    assert.match(await cost.innerText(), /0\.0123 \(as logged, currency unknown\)/);
    const titles = [timeline.page.locator('.fact.usage'), timeline.row(7).locator('.usage-chip')];
    for (const title of await Promise.all(titles.map(part => part.getAttribute('title'))))
      assert.match(title!, /cost .*as logged, currency unknown/);
  });

  it('open the code that the log names', async () => {
    await timeline.open('showcase');
    await timeline.row(4).click();
    await shown('Tool: fetch');
    await section('Code').getByRole('button', { name: 'src/tools/fetch.js:88' }).click();
    assert.deepEqual(await timeline.calls('openCode', 1), [{ traceId: 'trace-1', key: 's4b' }]);
  });

  it('open the code that a stack trace names, told by its place in the record', async () => {
    await timeline.open('showcase');
    await timeline.row(4).click();
    await shown('Tool: fetch');
    await timeline.page.getByRole('button', { name: 'fetch.js:88', exact: true }).click();
    const [call] = await timeline.calls('openFrame', 1);
    assert.deepEqual(call, { traceId: 'trace-1', key: 's4b', record: (call as { record: number }).record, frame: 1 });
    await timeline.screenshot('details-frames');
  });

  it('are copied as text and as JSON', async () => {
    await timeline.open('showcase');
    await timeline.row(4).click();
    await timeline.page.getByRole('button', { name: 'Copy Step as Text' }).click();
    await timeline.page.getByRole('button', { name: 'Copy Step as JSON' }).click();
    assert.deepEqual(
      await timeline.calls('copy', 2),
      ['stepText', 'stepJson'].map(what => ({ traceId: 'trace-1', what, step: 's4b' })),
    );
    await timeline.page.getByRole('status').getByText('Copied').first().waitFor();
  });

  it('are not the only way to log lines: so are the notes', async () => {
    await timeline.open('showcase');
    await timeline.page.getByRole('button', { name: '2 notes' }).click();
    const lines = timeline.page.getByRole('button', { name: '2 log lines' });
    assert.equal(await lines.getAttribute('aria-expanded'), 'false');
    await lines.click();
    await timeline.page.getByRole('button', { name: 'worker3.log:19' }).click();
    assert.deepEqual(await timeline.calls('openNote', 1), [{ traceId: 'trace-1', note: 0, record: 1, preview: true }]);
    for (const width of [320, 800, 1600]) {
      await timeline.page.setViewportSize({ width, height: 900 });
      await timeline.screenshot(`notes-${width}`);
      assert.deepEqual(await timeline.page.evaluate(() => window.devHost.findDefects()), [], `at ${width} px`);
    }
  });

  it('have notes that tell each number once, and of which lines it is', async () => {
    await timeline.open('showcase');
    await timeline.page.getByRole('button', { name: '2 notes' }).click();
    const zones = timeline.page.locator('#notes > ul > li').last();
    assert.deepEqual((await zones.innerText()).replaceAll('\u00a0', ' ').split('\n'), [
      'For your information:',
      "10 records name no time zone; they were read in Europe/Berlin (this machine's zone). If that is wrong, set the zone on the page How Are My Logs Read?, or by --timezone. First line in each of 2 files How Are My Logs Read?",
    ]);
    await zones.getByRole('button', { name: 'How Are My Logs Read?' }).click();
    assert.equal((await timeline.calls('howRead', 1)).length, 1);
    await zones.getByRole('button', { name: /^First line/ }).click();
    await zones.getByRole('button', { name: 'api.log:1' }).waitFor();
    assert.equal(await timeline.page.locator('#notes .badge').innerText(), '2', 'of the note that does not say it');
    const severities = timeline.page.locator('#notes > ul > li > .note-icon');
    assert.deepEqual(await severities.evaluateAll(all => all.map(icon => icon.getAttribute('title'))), [
      'Warning',
      'For your information',
    ]);
    await timeline.open('skewed');
    await timeline.page.getByRole('button', { name: '1 note' }).click();
    await timeline.page.locator('#notes .note-icon.warning').waitFor();
    assert.equal(await timeline.page.locator('#notes .badge').count(), 0, 'one is not worth a number');
  });

  for (const theme of layoutThemes) {
    it(`fit at the right and below, ${theme}`, async () => {
      await timeline.open('showcase', theme);
      await timeline.row(4).click();
      await shown('Tool: fetch');
      for (const [width, height] of [
        [320, 1000],
        [800, 1000],
        [1600, 1100],
      ] as const) {
        await timeline.page.setViewportSize({ width, height });
        await timeline.screenshot(`details-${theme}-${width}`);
        assert.deepEqual(await timeline.page.evaluate(() => window.devHost.findDefects()), [], `at ${width} px`);
        const cut = await timeline.page.evaluate(() => {
          const pane = document.querySelector('.details')!.getBoundingClientRect();
          return [
            ...document.querySelectorAll('.details-body h3, .details-body .link, .step-fact dd, .details .action'),
          ]
            .filter(element => {
              const { left, right } = element.getBoundingClientRect();
              return (
                left < pane.left - 1 ||
                right > pane.right + 1 ||
                (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
              );
            })
            .map(element => element.textContent || element.getAttribute('aria-label'));
        });
        assert.deepEqual(cut, [], `at ${width} px`);
      }
    });
  }
});
