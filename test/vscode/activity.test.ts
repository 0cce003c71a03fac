import { strict as assert } from 'node:assert';
import type { IndexOptions, LogEngine } from '../../src/common/protocol/logEngine';
import { activitiesOf, percentText } from '../../src/vscode/activity/activities';
import { BackgroundIndex } from '../../src/vscode/engine/backgroundIndex';
import type { TimelinePanel } from '../../src/vscode/timeline/timelinePanel';

const progress = { sources: 4, sourcesDone: 1, bytes: 200, bytesDone: 50, indexBytes: 1 };

const searching = (query: string, since: number | null): TimelinePanel =>
  ({
    session: {
      query,
      searchingSince: since,
      state: { kind: 'loading', title: query, progress: { bytesRead: 1, bytesTotal: 3, sourcesDone: 1, sources: 2 } },
    },
  }) as unknown as TimelinePanel;

describe('What is going on', () => {
  it('is every search that runs, then the index, each with what is done of it', () => {
    const all = [searching('a $(zap)', 5), searching('b', null)];
    const found = activitiesOf({ timelines: { all }, index: { work: { since: 1, progress } } });
    assert.deepEqual(
      found.map(activity => [activity.title, activity.detail, percentText(activity), activity.timeline === all[0]]),
      [
        ['Tracing a $ (zap)', '1 of 2 sources read', '33 %', true],
        ['Indexing logs', '1 of 4 sources done; the next searches will be faster', '25 %', false],
      ],
    );
  });

  it('is nothing while nothing runs', () => {
    assert.deepEqual(activitiesOf({ timelines: { all: [searching('b', null)] }, index: { work: null } }), []);
  });

  it('is told of by the index from its beginning to its end, also when that fails', async () => {
    let ask: IndexOptions = {};
    let fail = (_error: unknown) => {};
    const engine = {
      index: (options: IndexOptions) => {
        ask = options;
        return new Promise((_done, failed) => {
          fail = failed;
        });
      },
    } as unknown as LogEngine;
    const noted: unknown[] = [];
    const index = new BackgroundIndex(engine, error => noted.push(error));
    const seen: unknown[] = [];
    const ended = new Promise<void>(resolve => {
      index.onDidChange(() => {
        seen.push(index.work?.progress ?? index.work);
        if (!index.work) resolve();
        else if (!index.work.progress) setImmediate(() => ask.onProgress?.(progress));
        else fail(new Error('x'));
      });
    });
    index.wake();
    await ended;
    index.dispose();
    assert.equal(seen.length, 3);
    assert.deepEqual([seen[1], seen[2]], [progress, null]);
    assert.equal(noted.length, 1);
  });
});
