/** What is wrong with a query, and where: `position` counts UTF-16 units from 0. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly position: number;

  constructor(problem: string, position: number) {
    super(`${problem} (at character ${position + 1}).`);
    this.position = position;
  }
}
