import assert from 'node:assert/strict';
import type { LogEngine, LookupResult } from '../../src/common/protocol/logEngine';
import { rounds } from '../host/thorough';
import { tempFolder, withEngine } from './support/logs';
import { LogWorld } from './support/logWorld';

/** What an answer says, without what was read for it. */
async function answer(engine: LogEngine, text: string) {
  const result = await engine.lookup({ text });
  const stale = notesOf(result).some(({ kind }) => kind === 'staleIndex');
  const { bytesRead } = completenessOf(result);
  return { says: await saidBy(engine, result), stale, bytesRead: bytesRead ?? 0 };
}

const completenessOf = (result: LookupResult) =>
  result.kind === 'trace' || result.kind === 'choices' ? result.completeness : result.completeness;
const notesOf = (result: LookupResult) =>
  result.kind === 'trace' ? result.trace.notes : result.kind === 'choices' ? result.notes : [];

async function saidBy(engine: LogEngine, result: LookupResult) {
  const { sources, lines, skippedSources } = completenessOf(result);
  const completeness = { sources, lines, skippedSources };
  if (result.kind !== 'trace') return { ...result, completeness };
  const document = await engine.document(result.trace.traceId);
  await engine.release(result.trace.traceId);
  const notes = document.notes.filter(({ kind }) => kind !== 'staleIndex');
  return { ...document, notes, completeness };
}

const placesIn = (said: Awaited<ReturnType<typeof saidBy>>): string[] =>
  'steps' in said ? said.steps.flatMap(({ records }) => records.map(({ source, line }) => `${source}:${line}`)) : [];

/** Spellings in which an ID is asked for. */
const asked = (id: string, turn: number): string =>
  [id, id.toUpperCase(), id.replaceAll('-', ''), `correlationId = ${id}`][turn % 4] ?? id;

describe('an answer by the index', () => {
  for (let seed = 1; seed <= rounds(2, 4); seed++) {
    it(`is the one without it, whatever happens to the logs (${seed})`, async () => {
      const world = new LogWorld(tempFolder(), seed);
      await withEngine([world.folder], indexed =>
        withEngine([world.folder], async cold => {
          const history: string[] = [];
          let byIndex = 0;
          for (let turn = 0; turn < 12; turn++) {
            if (turn % 3 !== 2) await indexed.index();
            for (let look = 0; look < 3; look++) {
              const id = world.ids[(turn * 5 + look * 11) % world.ids.length] ?? '';
              const text = asked(id, turn + look);
              // Both have seen the same files at the same times.
              const [is, expected] = [await answer(indexed, text), await answer(cold, text)];
              if (is.bytesRead < expected.bytesRead) byIndex++;
              const context = `${history.join(', ')}: ${text}`;
              assert.deepEqual(is.says, expected.says, context);
              assert.deepEqual(placesIn(is.says).sort(), world.placesOf(id).sort(), context);
            }
            for (let look = 0; look < 3; look++) {
              const place = world.someLine();
              const [is, expected] = [await indexed.at(place), await cold.at(place)];
              assert.deepEqual(is, expected, `${history.join(', ')}: line ${place.line} of ${place.source}`);
            }
            history.push(world.change());
          }
          assert.ok(byIndex > 5, `${byIndex} answers went by the index`);
        }),
      );
    });
  }
});
