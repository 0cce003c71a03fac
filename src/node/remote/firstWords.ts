import { setTimeout as delay } from 'node:timers/promises';
import type { SourceHost } from '../../common/protocol/sourceHost';
import type { PlaceStates } from './placeStates';

/** How long a search waits for a place, in ms: it has other logs to tell of. */
export interface SearchPatience {
  /** For its first word. */
  silent: number;
  /** For the user's answer to a question about it. */
  asking: number;
}

/** Between two looks at the clock, in ms. */
const step = 50;

/** Which places have not said a word yet, and for which of them the user was asked something. */
export class FirstWords {
  private readonly states: PlaceStates;
  private readonly patience: SearchPatience;
  /** Since when each is waited for. */
  private readonly awaited = new Map<string, number>();
  private readonly questions = new Set<{ of: string; at: number }>();

  constructor(states: PlaceStates, patience: SearchPatience) {
    this.states = states;
    this.patience = patience;
  }

  /** The host, of which the questions are taken note of. */
  heardBy(host: SourceHost): SourceHost {
    return {
      secret: question => this.whileAsking(question.server, () => host.secret(question)),
      trustsHost: question => this.whileAsking(question.server, () => host.trustsHost(question)),
      told: state => host.told(state),
    };
  }

  /** From now on a place is waited for. */
  await(place: string): void {
    if (this.askedAt(place) !== null) this.states.is(place, 'asking');
    if (!this.awaited.has(place)) this.awaited.set(place, performance.now());
  }

  /** It was heard of, or is not waited for any more. */
  heard(place: string): void {
    this.awaited.delete(place);
  }

  /** Waits until a place was waited for too long. @returns why it is gone on without it; `null` where `until` aborts before */
  async missed(place: string, until: AbortSignal): Promise<string | null> {
    while (!until.aborted) {
      const since = this.awaited.get(place);
      const asked = this.askedAt(place);
      const now = performance.now();
      if (since !== undefined && asked !== null && now - asked > this.patience.asking) return askedReason;
      if (since !== undefined && asked === null && now - since > this.patience.silent) return this.silentReason;
      await delay(step, undefined, { signal: until }).catch(() => {});
    }
    return null;
  }

  private get silentReason(): string {
    return `not reached within ${this.patience.silent / 1000} s, and left out so far: check the address and the network, then search again`;
  }

  private askedAt(place: string): number | null {
    const of = serverOf(place);
    for (const question of this.questions) if (question.of === of) return question.at;
    return null;
  }

  private async whileAsking<Answer>(server: string, ask: () => Promise<Answer>): Promise<Answer> {
    const question = { of: serverOf(server), at: performance.now() };
    const waiting = () => [...this.awaited.keys()].filter(place => serverOf(place) === question.of);
    this.questions.add(question);
    for (const place of waiting()) this.states.is(place, 'asking');
    try {
      return await ask();
    } finally {
      this.questions.delete(question);
      for (const place of waiting()) {
        this.states.is(place, 'connecting');
        // The time that the user took is not the host's.
        this.awaited.set(place, performance.now());
      }
    }
  }
}

const askedReason = 'left out so far, as a question about it waits for your answer: then search again';

/** Who a place is asked of, whatever is asked. */
function serverOf(place: string): string {
  if (!URL.canParse(place)) return place;
  const { username, host } = new URL(place);
  return `${username}@${host}`;
}
