import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { counted } from '../common/base/counted';
import type { Completeness } from '../common/protocol/documents';
import type { SourcePlace } from '../common/protocol/logEngine';
import { checkRemote, isRemote } from '../common/protocol/places/remotePlaces';
import { visibleText } from '../common/timeline/visibleText';
import { memberMark } from '../node/sources/discover/sourceNames';
import type { Terminal } from './terminal';
import { UsageError } from './usage';

/** The name of standard input in results. */
export const stdinId = '<stdin>';

/** The places that PATH arguments name; the current folder if there are none. @throws UsageError */
export async function placesOf(paths: string[], terminal: Terminal): Promise<SourcePlace[]> {
  const places = (paths.length > 0 ? paths : ['.']).map(async (name): Promise<SourcePlace> => {
    if (name === '-' || name === stdinId) return { kind: 'text', id: stdinId, text: await terminal.readStdin() };
    return { kind: 'path', path: pathOf(name, terminal.cwd) };
  });
  if (paths.filter(name => name === '-').length > 1) throw new UsageError('Standard input (-) can be read only once.');
  return Promise.all(places);
}

/** Absolute path of a path, glob or `file:` URI; a place on another machine as it is. @throws UsageError */
export function pathOf(name: string, cwd: string): string {
  if (name.startsWith('file:')) return fileURLToPath(name);
  if (isRemote(name)) {
    const wrong = checkRemote(name);
    if (wrong !== null) throw new UsageError(`${name}: ${wrong}`);
    return name;
  }
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(name)?.[1];
  if (scheme) throw new UsageError(`${name}: sources of the kind “${scheme}:” cannot be read yet.`);
  // The name of a member is only a name, whatever it holds.
  const end = name.includes(memberMark) ? name.indexOf(memberMark) : name.length;
  return path.resolve(cwd, name.slice(0, end)) + name.slice(end);
}

/** A source's name as short as it is clear: relative to the current folder where it is below it. */
export const nameIn =
  (cwd: string) =>
  (source: string): string => {
    const end = source.includes(memberMark) ? source.indexOf(memberMark) : source.length;
    const relative = path.relative(cwd, source.slice(0, end));
    return !path.isAbsolute(source) || relative.startsWith('..') ? source : relative + source.slice(end);
  };

const mostNames = 5;

/** Tells what was not read; what is only empty or binary is counted, not listed. */
export function warnOfSkipped({ skippedSources }: Completeness, terminal: Terminal): void {
  const telling = skippedSources.filter(({ reason }) => reason !== 'empty' && !reason.startsWith('binary'));
  const quiet = skippedSources.length - telling.length;
  for (const { source, reason } of telling.slice(0, mostNames)) {
    terminal.err(visibleText(`throughline: ${source} is not read: ${reason}`));
  }
  const more = telling.length - mostNames;
  if (more > 0)
    terminal.err(
      `throughline: ${counted(more, 'more source', { one: 'is', many: 'are' })} not read (--json lists them)`,
    );
  if (quiet > 0) terminal.err(`throughline: ${counted(quiet, 'empty or binary file')} skipped`);
}
