import type { LogFile } from '../data';
import { mustBe } from '../peers/installed';
import type { Contestant } from '../rounds';
import type { EngineProcess } from './engineProcess';

/** A look-up without an index, on an engine that has just done the same: its workers would end while slow peers play. */
export function coldSearch(engine: EngineProcess, file: LogFile, id: string, records: number): Contestant {
  const name = 'ours: look-up (in-process)';
  return {
    name,
    bytes: file.bytes,
    run: async () => {
      await engine.call({ call: 'lookup', id });
      const answer = await engine.call({ call: 'lookup', id });
      mustBe(name, 'records', answer.facts.records ?? 0, records);
      return answer;
    },
  };
}

/** An index of the whole file from nothing, kept on disk, on an engine that has just done the same. */
export function buildIndex(engine: EngineProcess, file: LogFile, name = 'ours: index'): Contestant {
  return {
    name,
    bytes: file.bytes,
    run: async () => {
      await engine.call({ call: 'index' });
      await engine.call({ call: 'clearIndex' });
      const answer = await engine.call({ call: 'index' });
      mustBe(name, 'bytes', answer.facts.indexed ?? 0, file.bytes);
      return answer;
    },
  };
}

/** Summaries of all traces, by an engine that has never seen the file: it keeps what it has summed up. */
export function list(engine: EngineProcess, file: LogFile, small: LogFile): Contestant {
  const name = 'ours: all summaries';
  return {
    name,
    bytes: file.bytes,
    run: async () => {
      await engine.open([small.path]);
      await engine.call({ call: 'list' });
      await engine.call({ call: 'sources', paths: [file.path] });
      const answer = await engine.call({ call: 'list' });
      mustBe(name, 'bytes', answer.facts.bytesRead ?? 0, file.bytes);
      return answer;
    },
  };
}
