import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import path from 'node:path';
import { orderId, tempFolder, withEngine } from './support/logs';

const line = (stamp: string, message: string) => `${stamp} INFO a.B - ${message} correlationId=${orderId}\n`;
const lines = line('2026-03-02 10:15:00,123', 'first') + line('2026-03-02 10:15:07,456', 'second');

/** Does something on a machine in another zone. */
async function inZone(zone: string, run: () => Promise<void>): Promise<void> {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    await run();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}

const folderOf = (text: string, modified: string): string => {
  const folder = tempFolder({ 'api.log': text });
  utimesSync(path.join(folder, 'api.log'), new Date(modified), new Date(modified));
  return folder;
};

describe('what stamps leave out', () => {
  it("is the machine's zone where nothing tells", () =>
    inZone('Asia/Tokyo', () =>
      withEngine([folderOf(lines, '2026-05-05T05:05:05Z')], async engine => {
        const { sources } = await engine.sources({ full: false });
        assert.deepEqual(sources[0]?.timezone, { value: 'Asia/Tokyo', assumed: true, evidence: 'default' });
      }),
    ));

  it("is what the file's last change tells", () =>
    inZone('Asia/Tokyo', () =>
      withEngine([folderOf(lines, '2026-03-02T15:15:08Z')], async engine => {
        const { sources } = await engine.sources({ full: false });
        assert.deepEqual(sources[0]?.timezone, { value: '-05:00', assumed: true, evidence: 'data' });
      }),
    ));

  it('is the year of that change, in every way of reading', async () => {
    const syslog = `Dec 31 23:59:59 web api[7]: a correlationId=${orderId}\nJan  1 00:00:09 web api[7]: b correlationId=${orderId}\n`;
    await withEngine([folderOf(syslog, '2021-01-01T00:00:10Z')], async engine => {
      const { traces } = await engine.list({});
      assert.deepEqual(
        [traces[0]?.start, traces[0]?.end, traces[0]?.durationMs],
        ['2020-12-31T23:59:59.000Z', '2021-01-01T00:00:09.000Z', 10_000],
      );
    });
  });

  it('is UTC where only so a log and its neighbours are of one time', () =>
    inZone('Asia/Tokyo', async () => {
      const neighbour = '{"time":"2026-03-02T10:15:03Z","msg":"between","traceId":"t-0091"}\n';
      const folder = tempFolder({ 'api.log': lines, 'worker.jsonl': neighbour });
      await withEngine([folder], async engine => {
        const { sources } = await engine.sources({ full: false });
        const zones = sources.map(({ timezone }) => timezone);
        assert.deepEqual(zones[0], { value: 'UTC', assumed: true, evidence: 'data' });
        const result = await engine.lookup({ text: orderId });
        assert.equal(result.kind === 'trace' && result.trace.start, '2026-03-02T10:15:00.123Z');
      });
      const distant = tempFolder({ 'api.log': lines, 'worker.jsonl': neighbour.replace('T10', 'T01') });
      await withEngine([distant], async engine => {
        const { sources } = await engine.sources({ full: false });
        assert.equal(sources[0]?.timezone?.value, 'Asia/Tokyo');
      });
    }));
});
