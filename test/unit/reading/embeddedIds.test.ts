import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LogRecord } from '../../../src/common/model/logRecord';
import { byteOffset, lineNumber, sourceId } from '../../../src/common/model/units';
import { compileReader } from '../../../src/common/profile/compileReader';
import type { ProfileOverrides } from '../../../src/common/profile/profileOverrides';
import { profileSource } from '../../../src/common/profile/profileSource';
import { embeddedIds } from '../../../src/common/profile/roles/embeddedIds';
import { framerOf } from '../../../src/common/scan/framer';

const found = (text: string) => embeddedIds(text, 0, text.length).map(({ name, value }) => `${name} ${value}`);
const uuid = '7c2d9f7b-18e7-4c7a-bf8c-4d83d13d9c01';
const hex32 = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('IDs that stand in a text without a key', () => {
  it('are named by their slots', () => {
    for (const [text, ...ids] of [
      ['Received block blk_-77180142119683 of size 91178', 'blk_# blk_-77180142119683'],
      ['deleting blk_771801421196 and blk_-99180142119', 'blk_# blk_771801421196', 'blk_# blk_-99180142119'],
      ['attempt_1700000000000_0007_m_000003_1 failed', 'attempt_# attempt_1700000000000_0007_m_000003_1'],
      ['[REQ-6f5a2e41b0,SESS-1ff3649a3] ok', 'REQ-# REQ-6f5a2e41b0', 'SESS-# SESS-1ff3649a3'],
      [`[req-${uuid} u t - - -] GET`, `req-# req-${uuid}`],
      ['req-12 done', 'req-# req-12'],
      ['[C-0000001a] answered', 'C-# C-0000001a'],
      ['charged ch_3MmlLrLkdIwHu7ix0snN0B15 twice', 'ch_# ch_3MmlLrLkdIwHu7ix0snN0B15'],
      ['4F9D195432C: removed', 'first # 4F9D195432C'],
      ['1hBc2D-0001Ab-Cd Completed', 'first # 1hBc2D-0001Ab-Cd'],
      ['trace7 web caller->callee', 'trace# trace7'],
      [`Task app.mail.send[${uuid}] received`, `tag #uuid ${uuid}`],
      [`request ${uuid} done`, `request #uuid ${uuid}`],
      [`user id: ${uuid} logged in`, `user #uuid ${uuid}`],
      [`took over ${uuid}`, `#uuid ${uuid}`],
      [`200 59 "-" ${hex32}`, `#hex32 ${hex32}`],
      ['Established session 0x15a3f0b2c1d0004 with timeout', '0x# 0x15a3f0b2c1d0004'],
      ['"Root 1-5da09932-2c342a443bfb96249aa50ed7"', '#xray 1-5da09932-2c342a443bfb96249aa50ed7'],
      ['[a] ZeT2VH8AAQEAAB@xK4sAAAAj-Q1 2723 "GET /"', '#server ZeT2VH8AAQEAAB@xK4sAAAAj-Q1'],
      [
        'C0A80107:D3F2_0A00020F:01BB_65E4F6D4_0A2B:7C1D GET /a 200',
        '#server C0A80107:D3F2_0A00020F:01BB_65E4F6D4_0A2B:7C1D',
      ],
      [
        '20010DB8000000000000000000000A07:D3F2_20010DB8000000000000000000000001:01BB_65E4F6D4_0A2B:7C1D',
        '#server 20010DB8000000000000000000000A07:D3F2_20010DB8000000000000000000000001:01BB_65E4F6D4_0A2B:7C1D',
      ],
      ['saved 01FCV6S9YJXD2SYG3HTGWXHX0G', '#ulid 01FCV6S9YJXD2SYG3HTGWXHX0G'],
      ['order 20345 accepted, Job #17 queued', 'order # 20345', 'job # 17'],
      ['Request a7f3c2d1: step 3 took 102 ms', 'request #hex8 a7f3c2d1'],
      ['Vorgang a7f3c2d1: Schritt 3', '#hex8 a7f3c2d1'],
      ['job 3fa91c started, task 9zk3x7q2m ended', 'job # 3fa91c', 'task # 9zk3x7q2m'],
      ['now | INFO | 10.0.0.1 | 5baebe413eb621c | hello', '|#4 5baebe413eb621c'],
    ] as const)
      assert.deepEqual(found(text), ids, text);
  });

  it('are not digests, addresses, objects, hosts, files, dates or mere numbers', () => {
    for (const text of [
      `pulled sha256:${hex32}${hex32}`,
      `commit ${hex32}deadbeef`,
      'com.acme.Foo@1a2b3c4d5e6f7788 at 0x00007f3a4b5c6d7e and 0xffffffffa0001234',
      'from ip-10-251-43-210.ec2.internal:50010',
      'reading report-20240102103000.csv and app-12345678.log',
      '2024-01-02 10:15:00 took 1234567890 ms, 12 tasks, port 8080',
      'http-nio-8080-exec-3 pool-1-thread-12 us-east-1 UTF-8 HTTP/1.1',
      'bound pod orders-7d9f8c6b5-x2x4z',
      'task 3.0 in stage 1.0, order 66%, job 12/40',
      'task 12345ms, batch 1st, call deadbeef, on 20260302',
      '00000000-00',
    ])
      assert.deepEqual(found(text), [], text);
  });

  it('stand where they are said to, whatever the text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(uuid, hex32, 'blk_-12345678901', ' | ', '[', 'req-', 'order 12', '_'),
    );
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        const text = pieces.join('');
        let before = 0;
        for (const { value, start, end, name } of embeddedIds(text, 0, text.length)) {
          assert.equal(text.slice(start, end), value);
          assert.ok(start >= before && name.includes('#'));
          before = start;
        }
      }),
    );
  });
});

/** A log of units of work: `ids` of them, several open at once, each in every step; `line` writes one of its lines. */
function logOf(
  ids: readonly string[],
  steps: readonly string[],
  line: (id: string, step: string, at: number) => string,
): string {
  const lines: string[] = [];
  const open: { id: string; step: number }[] = [];
  for (let next = 0, turn = 0; next < ids.length || open.length > 0; turn++) {
    const id = ids[next];
    if (id !== undefined && open.length < 3) {
      open.push({ id, step: 0 });
      next++;
    }
    const unit = open[(turn * 7) % open.length];
    if (!unit) continue;
    lines.push(line(unit.id, steps[unit.step++] ?? '', lines.length));
    if (unit.step === steps.length) open.splice(open.indexOf(unit), 1);
  }
  return `${lines.join('\n')}\n`;
}

/** Hex digits that look drawn but are the same in every run. */
function hexOf(seed: number, length: number): string {
  let text = '';
  for (let state = seed + 1; text.length < length; ) {
    state = (state * 48271) % 2147483647;
    text += state.toString(16).slice(-4).padStart(4, '0');
  }
  return text.slice(0, length);
}
const uuidOf = (seed: number) =>
  hexOf(seed * 977, 32)
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5')
    .slice(0, 36);
const many = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, index) => of(index));
const stamp = (at: number) => new Date(Date.UTC(2026, 2, 2, 10, 0, 0, at * 37)).toISOString();
const syslog = (at: number) =>
  `Mar  2 10:${String(10 + Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;

const location = { source: sourceId('x.log'), line: lineNumber(1), byteStart: byteOffset(0), byteEnd: byteOffset(0) };

function readAll(text: string, overrides: ProfileOverrides = {}) {
  const profile = profileSource({ sample: text, sourceName: 'x.log', complete: true, overrides });
  const reader = compileReader(profile, { modified: Date.UTC(2026, 5, 1) });
  const records: LogRecord[] = [];
  const framer = framerOf(profile, reader, ({ bytes }) =>
    records.push(...reader.read(new TextDecoder().decode(bytes), location).map(({ record }) => record)),
  );
  framer.push(new TextEncoder().encode(text));
  framer.finish();
  return { group: profile.roles.correlationId ?? null, records };
}

const drawn = many(40, index => uuidOf(index + 1));
const steps = ['received', 'waits for its turn', 'done'];
const carrying: Record<string, { text: string; ids: readonly string[]; slot: string }> = {};
const carries = (
  name: string,
  slot: string,
  ids: readonly string[],
  line: (id: string, step: string, at: number) => string,
) => {
  carrying[name] = { slot, ids, text: logOf(ids, steps, line) };
};
carries(
  'a cloud platform whose brackets name request, user and project',
  'req-#',
  drawn.map(id => `req-${id}`),
  (id, step, at) =>
    `2026-03-02 10:00:00.${100 + at} 2931 INFO nova.api [${id} ${hexOf(at % 3, 32)} ${hexOf(9, 32)} - - -] ${step}`,
);
carries(
  'a coordination service with session handles',
  '0x#',
  many(40, index => `0x15a${hexOf(index, 12)}`),
  (id, step, at) => `${stamp(at)} - INFO  [Tracker:Server@325] - session ${id}, ${step}`,
);
carries('tagged lines without a stamp', 'tag #uuid', drawn, (id, step) => `[${id}] ${step}`);
carries(
  'tagged lines with a stamp',
  'thread',
  many(40, index => `a${hexOf(index, 31)}`),
  (id, step, at) => `${stamp(at)} INFO [${id}] ${step}`,
);
carries(
  'task names with their IDs in brackets',
  'tag #uuid',
  drawn,
  (id, step, at) =>
    `[2026-03-02 10:46:38,${100 + at}: INFO/Main] Task ${at % 2 ? 'mail.send' : 'image.resize'}[${id}] ${step}`,
);
carries(
  'orders by number',
  'order #',
  many(40, index => String(20_100 + index * 3)),
  (id, step, at) => `${stamp(at)} INFO shop.Orders - order ${id} ${step}`,
);
carries(
  'a counter of requests',
  'req-#',
  many(40, index => `req-${index + 1}`),
  (id, step, at) => `${stamp(at)} INFO ${id} ${step}`,
);
carries(
  'a cluster’s jobs',
  'job_#',
  many(40, index => `job_1700000000000_${String(index).padStart(4, '0')}`),
  (id, step, at) => `${stamp(at)} INFO [main] org.x.Jobs: ${id} ${step}`,
);
carries(
  'a mail server’s queue',
  'first #',
  many(40, index => `${index % 2 ? 'A' : '4'}F9D${hexOf(index, 7).toUpperCase()}`),
  (id, step, at) => `${syslog(at)} mx postfix/${at % 2 ? 'qmgr' : 'smtp'}[${1000 + (at % 9)}]: ${id}: ${step}`,
);
carries(
  'columns between bars',
  '|#5',
  many(40, index => hexOf(index, 16)),
  (id, step, at) => `${stamp(at)} | INFO | 10.0.0.1 | web | ${id} | ${step}`,
);
carries('messages in JSON', 'request #uuid', drawn, (id, step, at) =>
  JSON.stringify({ ts: stamp(at), level: 'info', msg: `request ${id} ${step}` }),
);
carries(
  'business IDs in JSON',
  'orderId',
  many(40, index => String(1000 + index * 7)),
  (id, step, at) => JSON.stringify({ ts: stamp(at), level: 'info', msg: step, orderId: Number(id) }),
);
carries(
  'connections in JSON',
  'uid',
  many(40, index => `C${hexOf(index, 6).toUpperCase()}x${hexOf(index + 50, 9)}`),
  (id, step, at) => JSON.stringify({ ts: 1772445600 + at, uid: id, 'id.orig_h': '10.0.0.1', note: step }),
);

describe('groups that only the data shows', () => {
  for (const [name, { text, ids, slot }] of Object.entries(carrying)) {
    it(`are found in ${name}`, () => {
      const { group, records } = readAll(text);
      assert.ok(group);
      // A layout that is known may have a name for the place.
      if (group.fields[0]?.includes('#')) {
        assert.deepEqual([group.fields[0], group.evidence], [slot, slot.startsWith('|') ? 'position' : 'data']);
      }
      const counts = new Map<string, number>();
      for (const { correlationIds } of records) {
        assert.equal(correlationIds.length, 1);
        for (const { id } of correlationIds) counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      assert.deepEqual([...counts].sort(), ids.map((id): [string, number] => [id, steps.length]).sort());
    });
  }

  it('are found by their shape where a sample has each of them once', () => {
    for (const [line, slot] of [
      [(at: number) => `${stamp(at)} INFO handled shipment ${uuidOf(at)}`, 'shipment #uuid'],
      [(at: number) => `${stamp(at)} INFO web: served /cart in ${at} ms, a${hexOf(at, 31)}`, '#hex32'],
      [
        (at: number) =>
          `${stamp(at)} INFO io: chunk blk_${hexOf(at, 1).codePointAt(0)}${81_234_567_890 + at * 977} stored`,
        'blk_#',
      ],
      [(at: number) => `{"kind":"Event","auditID":"${uuidOf(at)}","verb":"get","stage":"ResponseComplete"}`, 'auditID'],
    ] as const)
      assert.equal(readAll(many(60, line).join('\n')).group?.fields[0], slot);
  });

  it('give a record every ID of its slot', () => {
    const line = (at: number) =>
      `${stamp(at)} INFO io: ask to delete blk_${7_000_000_000 + at} blk_-${8_000_000_000 + at}`;
    const { records } = readAll(many(40, line).join('\n'));
    assert.deepEqual(records[3]?.correlationIds, [
      { id: 'blk_7000000003', field: 'blk_#' },
      { id: 'blk_-8000000003', field: 'blk_#' },
    ]);
  });

  it('stand behind a name that says so, and before one that is doubtful and rare', () => {
    const named = logOf(
      drawn,
      steps,
      (id, step, at) => `${stamp(at)} INFO request_id=${hexOf(at >> 2, 20)} task ${id} ${step}`,
    );
    assert.deepEqual(readAll(named).group?.fields, ['request_id']);
    const doubtful = logOf(drawn, steps, (id, step, at) =>
      at === 20
        ? `${stamp(at)} INFO set up jobId: job_1700000000000_0001`
        : `${stamp(at)} INFO [main] shipment ${id} ${step}`,
    );
    const { group, records } = readAll(doubtful);
    assert.deepEqual(group?.fields, ['shipment #uuid']);
    assert.deepEqual(records[20]?.correlationIds, []);
  });

  it('take the session’s slot with its key', () => {
    const handles = many(30, index => `0x15a${hexOf(index, 12)}`);
    const text = logOf(
      handles,
      steps,
      (id, step, at) => `${stamp(at)} INFO s: ${at % 3 ? `session ${id}` : `sessionid: ${id}`} ${step}`,
    );
    const { records } = readAll(text);
    assert.ok(records.every(({ correlationIds }) => correlationIds.length === 1));
  });

  it('can be named by the user', () => {
    const text = `${stamp(1)} INFO lot blk_12345678901 of shelf-99912345678\n${stamp(2)} INFO nothing\n`;
    const { records } = readAll(text, { fields: { correlationId: ['shelf-#'] } });
    assert.deepEqual(
      records.map(({ correlationIds }) => correlationIds.map(({ id }) => id)),
      [['shelf-99912345678'], []],
    );
  });
});

const machines = many(6, index => uuidOf(index + 70));
const without: Record<string, (at: number) => string> = {
  'a login server’s process IDs': at =>
    `${syslog(at)} lab sshd[${24200 + (at >> 2)}]: Failed password for root from 10.6.140.${at} port ${36000 + at} ssh2`,
  'users, tenants and machines': at =>
    `${stamp(at)} INFO billing: computed usage for ${machines[(at * 5) % 6]} in ${at} ms`,
  devices: at => `${stamp(at)} INFO hub: device ${uuidOf(at % 20)} reported ${at}`,
  'containers and their digests': at => `time="${stamp(at)}" level=info msg="shim reaped" id=${hexOf(at, 64)}`,
  'images and commits': at =>
    `${stamp(at)} INFO ci: ${at % 2 ? `Digest: sha256:${hexOf(at, 64)}` : `${hexOf(at, 40)} -> FETCH_HEAD`}`,
  'pods and hosts': at =>
    `${stamp(at)} INFO sched: bound pod orders-7d9f8c6b5-x2x4${'bcdfgh'[at % 6]} to ip-10-0-${at}-7.ec2.internal`,
  'objects and pointers': at =>
    `${stamp(at)} INFO [http-nio-8080-exec-${at % 9}] a.b.C - Foo@${hexOf(at, 8)} at 0x00007f${hexOf(at, 10)}`,
  ETags: at => `${stamp(at)} INFO cache: hit /img/${at}.png etag "${hexOf(at, 32)}"`,
  'queries of URLs and data files': at =>
    `${stamp(at)} INFO flushed /data/t-${hexOf(at, 32)}/mc-${at}-big-Data.db for segment ${1_514_000_000_000 + at}`,
  'Erlang’s processes': at =>
    `2026-03-02 10:00:00.${100 + at} [info] <0.${500 + (at % 30)}.0> accepting connection <0.${600 + at}.0>`,
  'a task counter': at =>
    `26/03/02 20:10:4${at % 10} INFO executor.Executor: ${at % 2 ? 'Running' : 'Finished'} task ${at}.0 in stage ${at >> 5}.0 (TID ${at})`,
  'blocks of a cache': at =>
    `26/03/02 20:10:4${at % 10} INFO storage.MemoryStore: Block broadcast_${at >> 2} stored, rdd_${at >> 3}_${at % 8}`,
  'MAC addresses': at =>
    `${syslog(at)} ap hostapd: wlan0: STA ${(hexOf(at % 5, 12).match(/../g) ?? []).join(':')} associated`,
  disks: at =>
    `${syslog(at)} nas kernel: [${at}.123456] sd 0: WWN 0x5000c500${hexOf(at % 4, 8)} attached, volume ${machines[at % 3]}`,
  'numbers of statements': at =>
    `2026-03-02 03:04:05.123 UTC [${4000 + (at % 9)}] LOG:  duration: ${at}.1 ms  statement: select * from t where id = ${at * 31}`,
  'epochs, steps and batches of a training': at =>
    JSON.stringify({ ts: stamp(at), msg: 'stats', epoch: at >> 4, step: at, loss: 1 / (at + 1), job: 'train' }),
  'terms and indexes of a consensus': at =>
    JSON.stringify({ ts: stamp(at), msg: at % 2 ? 'commit' : 'apply', term: at >> 5, index: at, peer: `n${at % 3}` }),
  'the identity of each record': at => JSON.stringify({ ts: stamp(at), id: uuidOf(at), msg: 'tick', level: 'info' }),
  'status codes and sizes': at =>
    JSON.stringify({
      ts: stamp(at),
      msg: at % 2 ? 'in' : 'out',
      code: [200, 404, 500][at % 3],
      size: at * 17,
      line: 10 + (at % 7),
    }),
};

describe('logs without IDs', () => {
  for (const [name, line] of Object.entries(without)) {
    it(`get none from ${name}`, () => {
      const { group, records } = readAll(many(160, line).join('\n'));
      assert.equal(group, null);
      assert.ok(records.every(({ correlationIds }) => correlationIds.length === 0));
    });
  }
});
