import { EventEmitter, type ExtensionContext, l10n, type Memento, type SecretStorage, window, workspace } from 'vscode';
import type { HostQuestion, RemoteState, SecretQuestion, SourceHost } from '../../common/protocol/sourceHost';
import { stateKeys } from '../contributions';
import { labelText } from '../format';

const longest = 300;

/**
 * What remote logs need of the user: secrets, which VS Code keeps, and their word on a host. Whatever was dismissed is
 * not asked again before the user asks for something themselves.
 */
export class RemoteHost implements SourceHost {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly reached = new EventEmitter<void>();
  /** Some place is there by now that was gone on without. */
  readonly onDidReach = this.reached.event;
  private readonly secrets: SecretStorage;
  private readonly state: Memento;
  private readonly states = new Map<string, RemoteState>();
  private readonly dismissed = new Set<string>();
  /** One question at a time. */
  private last: Promise<unknown> = Promise.resolve();

  constructor({ secrets, globalState }: Pick<ExtensionContext, 'secrets' | 'globalState'>) {
    this.secrets = secrets;
    this.state = globalState;
  }

  /** How a place is doing; `null` where nobody has asked for it yet. */
  stateOf(place: string): RemoteState | null {
    return this.states.get(place) ?? null;
  }

  /** The user wants something: what was dismissed may be asked again. */
  askAgain(): void {
    this.dismissed.clear();
  }

  secret(question: SecretQuestion): Promise<string | null> {
    return this.inTurn(async () => {
      const key = secretKey(question.key);
      const kept = question.refused ? undefined : await this.secrets.get(key);
      if (kept !== undefined) return kept;
      await this.secrets.delete(key);
      if (!workspace.isTrusted || this.dismissed.has(key)) return null;
      const given = await window.showInputBox({
        title: titleOf(question),
        prompt: question.refused
          ? l10n.t('The last one was wrong. The one you give now is kept in VS Code’s secret storage.')
          : l10n.t('It is kept in VS Code’s secret storage.'),
        password: true,
        ignoreFocusOut: true,
      });
      if (given === undefined || given === '') {
        this.dismissed.add(key);
        return null;
      }
      await this.secrets.store(key, given);
      await this.state.update(stateKeys.remoteSecrets, [...new Set([...this.kept, key])]);
      return given;
    });
  }

  trustsHost({ host, keyType, fingerprint }: HostQuestion): Promise<'trusted' | 'refused' | 'changed'> {
    return this.inTurn(async () => {
      const key = `${host} ${keyType}`;
      const known = this.trusted[key];
      if (known !== undefined) return known === fingerprint ? 'trusted' : 'changed';
      if (!workspace.isTrusted || this.dismissed.has(key)) return 'refused';
      const trust = l10n.t('Trust Host');
      // The first one is what Enter chooses.
      const answers = [l10n.t('Do Not Trust'), trust];
      const chosen = await window.showWarningMessage(
        l10n.t('Is {0} the host that you mean?', labelText(host, longest)),
        {
          modal: true,
          detail: l10n.t(
            'Its name is in none of your known_hosts files. The fingerprint of its {0} key is\n\n{1}\n\nCompare it with what whoever runs the host says. A host that pretends to be another one can read your password.',
            keyType,
            fingerprint,
          ),
        },
        ...answers,
      );
      if (chosen !== trust) {
        this.dismissed.add(key);
        return 'refused';
      }
      await this.state.update(stateKeys.trustedHosts, { ...this.trusted, [key]: fingerprint });
      return 'trusted';
    });
  }

  told(state: RemoteState): void {
    this.states.set(state.place, state);
    this.changed.fire();
    if (state.phase === 'ready' && state.missed) this.reached.fire();
  }

  /** Forgets all passwords and passphrases. */
  async forgetSecrets(): Promise<void> {
    for (const key of this.kept) await this.secrets.delete(key);
    await this.state.update(stateKeys.remoteSecrets, undefined);
  }

  /** Forgets which hosts are trusted; what known_hosts names stays there. */
  async forgetHosts(): Promise<void> {
    await this.state.update(stateKeys.trustedHosts, undefined);
  }

  dispose(): void {
    this.changed.dispose();
    this.reached.dispose();
  }

  private get kept(): string[] {
    return this.state.get<string[]>(stateKeys.remoteSecrets, []);
  }

  private get trusted(): Record<string, string> {
    return this.state.get<Record<string, string>>(stateKeys.trustedHosts, {});
  }

  private inTurn<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    const answer = this.last.then(question);
    this.last = answer.catch(() => {});
    return answer;
  }
}

const secretKey = (key: string): string => `remote ${key}`;

function titleOf({ kind, of }: SecretQuestion): string {
  const name = labelText(of, longest);
  if (kind === 'password') return l10n.t('Password of {0}', name);
  return kind === 'passphrase' ? l10n.t('Passphrase of {0}', name) : l10n.t('Token for {0}', name);
}
