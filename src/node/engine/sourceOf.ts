import { statSync } from 'node:fs';
import { EngineError } from '../../common/protocol/logEngine';
import type { SourceRef } from '../sources/byteSource';
import { discoverSources, lookAtFar, textRef } from '../sources/discover/discoverSources';
import type { Engine } from './engine';

/** One source by its name. @param text what it holds by now, where that is in no file. @throws EngineError */
export async function sourceOf(
  engine: Pick<Engine, 'places' | 'remote'>,
  { source, text }: { source: string; text?: string },
): Promise<SourceRef> {
  if (text !== undefined) return textRef(source, text);
  const far = engine.remote.fileOf(source);
  const known = far && (await lookAtFar(far, engine.remote)).sources.find(({ id }) => id === source);
  if (known) return known;
  const named = engine.places.find(place => place.kind === 'text' && place.id === source);
  const unsaved = engine.places.filter(place => place.kind === 'unsaved' && place.id === source);
  const { sources, skipped } = await discoverSources(
    [named ?? { kind: 'path', path: source }, ...unsaved],
    engine.remote,
  );
  const [found] = sources;
  const whole = found?.id === source || (!found?.member && statSync(source, { throwIfNoEntry: false })?.isFile());
  if (found && !named && !whole) {
    throw new EngineError(`${source} is not one file: give the file that has the line.`, source);
  }
  if (found) return found;
  throw new EngineError(`${source} cannot be read: ${skipped[0]?.reason ?? 'it holds no log'}.`, source);
}
