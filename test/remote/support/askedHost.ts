import type { HostQuestion, RemoteState, SecretQuestion, SourceHost } from '../../../src/common/protocol/sourceHost';

/** A host that answers as it was told, and remembers what it was asked. */
export class AskedHost implements SourceHost {
  readonly secrets: SecretQuestion[] = [];
  readonly hosts: HostQuestion[] = [];
  readonly states: RemoteState[] = [];
  /** Given one after the other; the last one again and again. */
  answers: (string | null)[] = [null];
  trust: Awaited<ReturnType<SourceHost['trustsHost']>> = 'refused';

  async secret(question: SecretQuestion): Promise<string | null> {
    this.secrets.push(question);
    return (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? null;
  }

  async trustsHost(question: HostQuestion) {
    this.hosts.push(question);
    return this.trust;
  }

  told(state: RemoteState): void {
    this.states.push({ ...state });
  }
}
