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
  private readonly mostMs: number | null;
  /** Since when each is waited for, and whether it was heard of. */
  private readonly awaited = new Map<string, { since: number; isHeard: boolean }>();
  private readonly questions = new Set<{ of: string; at: number }>();

  /** @param mostMs so long a place that was heard of may take to tell what it has; `null`: as long as it takes */
  constructor(states: PlaceStates, patience: SearchPatience, mostMs: number | null) {
    this.states = states;
    this.patience = patience;
    this.mostMs = mostMs;
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
    if (!this.awaited.has(place)) this.awaited.set(place, { since: performance.now(), isHeard: false });
  }

  /** It was heard of. */
  heard(place: string): void {
    const wait = this.awaited.get(place);
    if (wait && !wait.isHeard) this.awaited.set(place, { since: performance.now(), isHeard: true });
  }

  /** It has told what it has, or is not waited for any more. */
  listed(place: string): void {
    this.awaited.delete(place);
  }

  /** Waits until a place was waited for too long. @returns why it is gone on without it; `null` where `until` aborts before */
  async missed(place: string, until: AbortSignal): Promise<string | null> {
    while (!until.aborted) {
      const reason = this.reasonNow(place);
      if (reason !== null) return reason;
      await delay(step, undefined, { signal: until }).catch(() => {});
    }
    return null;
  }

  private reasonNow(place: string): string | null {
    const wait = this.awaited.get(place);
    if (!wait) return null;
    const asked = this.askedAt(place);
    const now = performance.now();
    const { silent, asking } = this.patience;
    if (asked !== null) return now - asked > asking ? askedReason : null;
    if (!wait.isHeard) return now - wait.since > silent ? silentReason(silent) : null;
    return now - wait.since > (this.mostMs ?? Infinity) ? slowReason(this.mostMs ?? 0) : null;
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
        this.awaited.set(place, { since: performance.now(), isHeard: false });
      }
    }
  }
}

const silentReason = (ms: number): string =>
  `not reached within ${ms / 1000} s, and left out so far: check the address and the network, then search again`;
const slowReason = (ms: number): string =>
  `did not tell within ${ms / 1000} s what it has, and is left out so far: search again later`;
const askedReason = 'left out so far, as a question about it waits for your answer: then search again';

/** Who a place is asked of, whatever is asked. */
function serverOf(place: string): string {
  if (!URL.canParse(place)) return place;
  const { username, host } = new URL(place);
  return `${username}@${host}`;
}
