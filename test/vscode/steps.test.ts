import { strict as assert } from 'node:assert';
import { TreeItemCollapsibleState } from 'vscode';
import type { ChildrenRequest, LogEngine } from '../../src/common/protocol/logEngine';
import { rowChildren } from '../../src/common/timeline/rowChildren';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import { EngineAccess } from '../../src/vscode/engine/engineAccess';
import { openStep } from '../../src/vscode/steps/createSteps';
import { type StepNode, stepItem } from '../../src/vscode/steps/stepNodes';
import { StepsTree } from '../../src/vscode/steps/stepsTree';
import type { TimelinePanel } from '../../src/vscode/timeline/timelinePanel';
import { TraceSession } from '../../src/vscode/timeline/traceSession';
import { realEngine } from './support/engine';
import { activateExtension, sampleLog, showcaseId } from './support/workspace';

const fail = (error: unknown) => assert.fail(String(error));

const rowOf = (change: Partial<TimelineRow>): TimelineRow =>
  ({
    key: 'k',
    number: '1',
    label: 'Work',
    status: 'ok',
    below: 0,
    siblings: 1,
    records: 1,
    errors: 0,
    ...change,
  }) as TimelineRow;

describe('The tree of steps', () => {
  let engine: LogEngine;
  let session: TraceSession;

  before(async () => {
    await activateExtension();
    engine = realEngine();
    session = new TraceSession(new EngineAccess(engine, () => [{ kind: 'path', path: sampleLog('.') }]), showcaseId);
    await session.search();
  });
  after(async () => {
    session.dispose();
    await engine.dispose();
  });

  it('has every step of the trace once, in row order', async () => {
    const tree = new StepsTree(() => session, fail);
    const traceId = session.trace?.traceId ?? '';
    const rows = await engine.window({ traceId, from: 0, to: 1_000 });
    const walk = async (node?: StepNode): Promise<string[]> => {
      const nodes = await tree.getChildren(node);
      const all = nodes.map(async each => [each.kind === 'step' ? each.row.key : '', ...(await walk(each))]);
      return (await Promise.all(all)).flat();
    };
    assert.deepEqual(
      await walk(),
      rows.map(({ key }) => key),
    );
    assert.ok(rows.length > 5);
  });

  it('is empty while there is no trace, and notes nothing when another one has come meanwhile', async () => {
    assert.deepEqual(await new StepsTree(() => null, fail).getChildren(), []);
    const gone: StepNode = { kind: 'step', traceId: 'gone', index: 0, row: rowOf({}) };
    assert.deepEqual(await new StepsTree(() => session, fail).getChildren(gone), []);
  });

  it('opens 100,000 steps 500 at a time', async () => {
    const rows = Array.from({ length: 100_000 }, (_, row) => rowOf({ key: `${row}`, siblings: 100_000 }));
    const asked: ChildrenRequest[] = [];
    const held = {
      trace: { traceId: 't' },
      ask: (_id: string, question: (engine: unknown) => unknown) =>
        question({
          children: async (request: ChildrenRequest) => {
            asked.push(request);
            return rowChildren(rows, request.parent, request.from, request.to);
          },
        }),
    } as unknown as TraceSession;
    const tree = new StepsTree(() => held, fail);
    const nodes = await tree.getChildren();
    assert.equal(nodes.length, 500 + 199);
    const last = nodes.at(-1);
    assert.ok(last);
    assert.equal(stepItem(last).label, 'More… 99,501 to 100,000 of 100,000');
    assert.equal((await tree.getChildren(last)).length, 500);
    assert.deepEqual(
      asked.map(({ from, to }) => to - from),
      [500, 500],
    );
  });

  it('says what a step is, as text', () => {
    const row = rowOf({
      label: 'Tool: $(zap) [x](command:y)',
      status: 'failed',
      durationMs: 2_100,
      bound: 'atLeast',
      service: 'api',
      below: 2,
    });
    const item = stepItem({ kind: 'step', traceId: 't', index: 0, row });
    assert.equal(item.label, '1 Tool: $ (zap) [x] (command:y)');
    assert.equal(item.description, '≥ 2.10 s · api');
    assert.equal(item.collapsibleState, TreeItemCollapsibleState.Expanded);
    assert.equal(item.accessibilityInformation?.label, 'Step 1, Tool: $ (zap) [x] (command:y), ≥ 2.10 s, Failed, api');
    assert.equal(typeof item.tooltip, 'string');
  });
});

describe('A click on a step', () => {
  it('goes to the step and its first own record, and not to what anyone made up', () => {
    const gone: unknown[] = [];
    const current = {
      session: { trace: { traceId: 't', revision: 1, correlationId: 'c' } },
      goToStep: (...args: unknown[]) => gone.push(args),
    } as unknown as TimelinePanel;
    const open = (node: unknown) => openStep({ current }, node);
    for (const node of [undefined, 'k', {}, { kind: 'step' }]) open(node);
    open({ kind: 'step', traceId: 'other', index: 0, row: rowOf({}) });
    open({ kind: 'step', traceId: 't', index: 0, row: rowOf({ key: 'a', shownRecord: 2 }) });
    open({ kind: 'step', traceId: 't', index: 0, row: rowOf({ key: 'b', records: 0, shownRecord: 0 }) });
    assert.deepEqual(gone, [
      ['t', 'a', 2],
      ['t', 'b', null],
    ]);
  });
});
