/**
 * What remote sources need of the outside: secrets, the user's word on a server, and somebody to tell how it goes. In VS
 * Code it asks and keeps secrets in its SecretStorage; on the command line it asks only at a terminal.
 */
export interface SourceHost {
  /** A secret that is kept or that the user gives now; `null` where there is none to be had. */
  secret(question: SecretQuestion): Promise<string | null>;
  /**
   * Whether a server that `known_hosts` does not name is the one that is meant: the user was asked, now or before. Never
   * answered yes by itself; `changed` where another key of it is trusted.
   */
  trustsHost(question: HostQuestion): Promise<'trusted' | 'refused' | 'changed'>;
  /** Takes how a place is doing, whenever that changes. */
  told(state: RemoteState): void;
}

export interface SecretQuestion {
  kind: 'password' | 'passphrase' | 'token';
  /** What it is kept under. Holds nothing secret. */
  key: string;
  /** What it is for, for a person: a server and a user, or a key file. */
  of: string;
  /** The one that was given last is wrong: it is to be forgotten, and asked for. */
  refused: boolean;
  /** A URL of the server: its places wait for the answer. */
  server: string;
}

export interface HostQuestion {
  /** `host`, or `[host]:port`. */
  host: string;
  /** The kind of its key, as SSH calls it. */
  keyType: string;
  /** `SHA256:…`, as `ssh-keygen -l` shows it. */
  fingerprint: string;
  /** A URL of the server: its places wait for the answer. */
  server: string;
}

/** How a remote place is doing. */
export interface RemoteState {
  place: string;
  /**
   * `idle`: nobody wants anything of it any more, before it was known how it is; `asking`: the user is asked for a
   * secret, or about the host.
   */
  phase: 'idle' | 'connecting' | 'asking' | 'reading' | 'ready' | 'waiting' | 'failed';
  /** Why it failed, or waits to try again; a sentence. */
  error: string | null;
  /** Bytes that came over the network for it. */
  bytes: number;
  /** Something was searched without it, as it did not answer in time. */
  missed: boolean;
  /** What the last search of each of its files had to leave, as sentences. */
  notes: string[];
}

/** For those who have nobody to ask: nothing is trusted, nothing is known. */
export const noHost: SourceHost = { secret: async () => null, trustsHost: async () => 'refused', told: () => {} };
