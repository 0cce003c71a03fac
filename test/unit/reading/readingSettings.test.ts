import assert from 'node:assert/strict';
import { fieldRoles } from '../../../src/common/model/fieldRole';
import { matchesGlob } from '../../../src/common/profile/globMatch';
import {
  noReading,
  parseFields,
  parseFormats,
  parseSources,
  readingsOf,
  SettingError,
} from '../../../src/common/profile/readingSettings';
import { checkReading, overridesFor } from '../../../src/common/profile/sourceOverrides';

const parsers = { sources: parseSources, fields: parseFields, formats: parseFormats };

describe('the settings of how logs are read', () => {
  it('take what is documented', () => {
    const old = {
      path: ' old/*.log ',
      timezone: '+02:00',
      stampIs: 'start',
      service: 'pay',
      fields: { stepId: 'a.b' },
    };
    assert.deepEqual(parseSources(['**/*.log', old, { path: 'https://logs.test/app.log', format: 'json' }]), [
      { path: '**/*.log', reading: null },
      {
        path: 'old/*.log',
        reading: { timezone: '+02:00', stampIs: 'start', service: 'pay', fields: { stepId: ['a.b'] } },
      },
      { path: 'https://logs.test/app.log', reading: { format: 'json' } },
    ]);
    assert.deepEqual(parseFields({ correlationId: 'ctx.order', userId: ['a', 'Scopes[].User'] }), {
      correlationId: ['ctx.order'],
      userId: ['a', 'Scopes[].User'],
    });
    assert.deepEqual(parseFields(Object.fromEntries(fieldRoles.map(role => [role, 'x'])) as object).model, ['x']);
    assert.deepEqual(parseFormats({ a: '(?<x>.)', 'b c': { pattern: '(?<y>.)', files: '*.txt' } }), [
      { name: 'a', pattern: '(?<x>.)', files: null },
      { name: 'b c', pattern: '(?<y>.)', files: '*.txt' },
    ]);
  });

  it('refuse what they cannot be, with entry and remedy', () => {
    const wrong: [keyof typeof parsers, unknown, RegExp, (string | number)[]][] = [
      ['sources', 'a.log', /"throughline\.sources" cannot be used: it is a string, not a list\. It must be/, []],
      ['sources', ['a', 7], /entry 2 is a number, not text or an object/, [1]],
      ['sources', ['a', ' '], /entry 2 is empty/, [1]],
      ['sources', [null], /entry 1 is null, not text or an object/, [0]],
      ['sources', [{ timezone: 'UTC' }], /entry 1, "path" is missing/, [0, 'path']],
      ['sources', [{ path: 'a', timezone: 'Mars' }], /entry 1, "timezone" is no time zone \("Mars"\)/, [0, 'timezone']],
      ['sources', [{ path: 'a', stampIs: 'middle' }], /"stampIs" is neither "start" nor "end"/, [0, 'stampIs']],
      ['sources', [{ path: 'a', zone: 'UTC' }], /entry 1, "zone" is no key/, [0, 'zone']],
      [
        'sources',
        [{ path: 'a', fields: { cid: 'x' } }],
        /"fields", "cid" is no role; there are corr/,
        [0, 'fields', 'cid'],
      ],
      ['sources', [{ path: 'a\0' }], /NUL/, [0, 'path']],
      ['fields', [], /it is a list, not an object/, []],
      ['fields', { userId: 7 }, /"userId" is a number, not text or a list/, ['userId']],
      ['fields', { userId: ['a', ''] }, /"userId", entry 2 is empty/, ['userId', 1]],
      ['fields', { userId: [] }, /"userId" is empty/, ['userId']],
      ['formats', { a: { files: 'x' } }, /"a", "pattern" is missing/, ['a', 'pattern']],
      ['formats', { a: 7 }, /"a" is a number/, ['a']],
      ['formats', { 'a/b': 'x' }, /"a\/b" is no name/, ['a/b']],
      ['formats', { a: 'x'.repeat(4097) }, /"a" is longer than 4,096/, ['a']],
      ['formats', Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`f${at}`, 'x'])), /more than 100/, []],
    ];
    for (const [name, value, message, at] of wrong) {
      const isRight = (error: unknown) => {
        assert.ok(error instanceof SettingError);
        assert.match(error.message, message);
        assert.deepEqual(error.at, at);
        return true;
      };
      assert.throws(() => parsers[name](value), isRight, `${name} ${JSON.stringify(value).slice(0, 80)}`);
    }
  });

  it('refuse formats that cannot be used, and names of formats that nobody knows', () => {
    const formats = parseFormats({ mine: '(?<x>a)', bad: '(?<x>a' });
    assert.throws(() => checkReading({ ...noReading, formats }), /"bad", "pattern" has an error at character/);
    assert.throws(() => checkReading({ ...noReading, formats: parseFormats({ json: '(?<x>a)' }) }), /built-in/);
    const sources = [{ path: 'a.log', format: 'klingon' }];
    assert.throws(() => checkReading({ ...noReading, sources }), /"format" of "a.log" is "klingon".*there are json/);
    checkReading({ ...noReading, formats: formats.slice(0, 1), sources: [{ path: 'a.log', format: 'mine' }] });
  });

  it('say of a source what fits it, later entries before earlier ones, a source before all', () => {
    const sources = readingsOf(
      parseSources([
        '**',
        { path: 'logs', timezone: 'UTC', service: 'a', fields: { userId: 'u', stepId: 's' } },
        { path: 'logs/b.log', service: 'b', fields: { userId: 'v' } },
      ]),
    );
    const reading = {
      sources,
      fields: parseFields({ userId: 'all', sessionId: 'sid' }),
      formats: parseFormats({ any: '(?<x>a)', some: { pattern: '(?<y>a)', files: 'c.log' } }),
    };
    const any = { name: 'any', pattern: '(?<x>a)', meant: false };
    assert.deepEqual(overridesFor(reading, '/srv/logs/b.log'), {
      timezone: 'UTC',
      service: 'b',
      fields: { userId: ['v'], stepId: ['s'] },
      commonFields: reading.fields,
      formats: [any],
    });
    assert.deepEqual(overridesFor(reading, '/srv/c.log'), {
      commonFields: reading.fields,
      formats: [any, { name: 'some', pattern: '(?<y>a)', meant: true }],
    });
    assert.equal(overridesFor({ ...noReading, sources }, '/srv/x/other.log'), null);
  });
});

describe('globs', () => {
  it('fit as in the settings of VS Code', () => {
    const cases: [string, string, boolean][] = [
      ['*.log', '/srv/a.log', true],
      ['*.log', '/srv/a.log.1', false],
      ['a?.log', '/srv/ab.log', true],
      ['a?.log', '/srv/a/.log', false],
      ['/srv/*.log', '/srv/a.log', true],
      ['/srv/*.log', '/srv/x/a.log', false],
      ['/srv/**/*.log', '/srv/a.log', true],
      ['/srv/**/*.log', '/srv/x/y/a.log', true],
      ['**', '<stdin>', true],
      ['logs/*.{log,txt}', '/srv/logs/a.txt', true],
      ['logs/*.{log,txt}', '/srv/logs/a.csv', false],
      ['logs', '/srv/logs/deep/a.csv', true],
      ['logs/', '/srv/logs/deep/a.csv', true],
      ['logs', '/srv/old-logs/a.csv', false],
      ['logs/*.zip', '/srv/logs/old.zip!/deep/api.log', true],
      ['api.log', '/srv/logs/old.zip!/deep/api.log', true],
      ['app[0-9].log', '/srv/app7.log', true],
      ['app[!0-9].log', '/srv/app7.log', false],
      [String.raw`/srv/\[app\]/*.log`, '/srv/[app]/a.log', true],
      ['C:/logs/*.log', String.raw`C:\logs\a.log`, true],
      ['https://x.test/*.log', 'https://x.test/a.log', true],
      ['a+b(1).log', '/srv/a+b(1).log', true],
      ['{a', '/srv/{a', false],
    ];
    for (const [glob, source, fits] of cases) assert.equal(matchesGlob(glob, source), fits, `${glob} ${source}`);
  });

  it('take linear time', () => {
    assert.equal(matchesGlob(`${'*a'.repeat(40)}b`, `/${'a'.repeat(4000)}`), false);
  });
});
