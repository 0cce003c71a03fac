import type { LogFile } from '../data';
import { mustBe } from '../peers/installed';
import type { Contestant } from '../rounds';
import type { EngineProcess } from './engineProcess';

/** A look-up on an engine that has just done the same: its workers would end while slow peers play. */
export function lookup(engine: EngineProcess, file: LogFile, id: string, records: number): Contestant {
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

/** Summaries of all traces. */
export function list(engine: EngineProcess, file: LogFile, name = 'ours: all summaries'): Contestant {
  return {
    name,
    bytes: file.bytes,
    run: async () => {
      const answer = await engine.call({ call: 'list' });
      mustBe(name, 'bytes', answer.facts.bytesRead ?? 0, file.bytes);
      return answer;
    },
  };
}
