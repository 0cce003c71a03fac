import { randomUUID } from 'node:crypto';

export type HoverTarget =
  | {
      kind: 'timeline';
      id: string;
      /** Key of the step to select in the timeline. */
      step: string | null;
    }
  /** The hover itself, once what it has to tell is known. */
  | { kind: 'hover'; uri: string; line: number; character: number }
  /** Another record of the trace that a line belongs to. */
  | { kind: 'record'; id: string; source: string; line: number; way: RecordWay };

/** How a record is found from another one of its trace. */
export type RecordWay = 'previous' | 'next' | 'firstError';

const kept = 200;

/**
 * A link in a hover carries a token, not the ID: an ID is log text, and what a link says is handed to a command (SEC-05).
 * The oldest tokens are forgotten, for every hover makes one.
 */
export class HoverLinks {
  private readonly targets = new Map<string, HoverTarget>();

  tokenFor(target: HoverTarget): string {
    const token = randomUUID();
    this.targets.set(token, target);
    const [oldest] = this.targets.keys();
    if (this.targets.size > kept && oldest !== undefined) this.targets.delete(oldest);
    return token;
  }

  targetOf(token: unknown): HoverTarget | null {
    return typeof token === 'string' ? (this.targets.get(token) ?? null) : null;
  }
}
