import { EngineError } from '../../common/protocol/logEngine';
import { parseQuery, type Query } from '../../common/query/query';

/** The query of a text. @throws EngineError that says what is wrong with it */
export function parseFilter(text: string, what: 'filter' | 'query'): Query {
  try {
    return parseQuery(text);
  } catch (error) {
    throw queryProblem(text, what, error);
  }
}

export function queryProblem(text: string, what: string, error: unknown): EngineError {
  const problem = error instanceof Error ? error.message : String(error);
  return new EngineError(`The ${what} “${text}” is wrong: ${problem.replace(/\.+$/, '')}.`);
}
