import {
  type DebugAdapterTracker,
  type DebugAdapterTrackerFactory,
  type DebugSession,
  type Disposable,
  debug,
  EventEmitter,
  type TextDocumentContentProvider,
  Uri,
  workspace,
} from 'vscode';
import type { SourcePlace } from '../../common/protocol/logEngine';
import { debugScheme, settingIds } from '../contributions';
import { OutputBuffer } from './outputBuffer';

/** Characters kept of a session, and sessions kept. */
const mostOfSession = 8_000_000;
const mostSessions = 8;
/** A document that is open is written anew no more often, in ms. */
const restMs = 500;

export interface SessionState {
  isRunning: boolean;
  /** Lines that are no longer kept. */
  droppedLines: number;
}

interface Output {
  uri: Uri;
  buffer: OutputBuffer;
  ended: boolean;
}

/**
 * What programs that are debugged write to the Debug Console, as logs to search: one text a session. It is kept in memory,
 * until newer sessions take its room.
 */
export class DebugOutput implements DebugAdapterTrackerFactory, TextDocumentContentProvider, Disposable {
  private readonly sessions = new Map<string, Output>();
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly came = new EventEmitter<void>();
  /** Tells of a session whose first output has come. */
  readonly onDidBegin = this.came.event;
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly parts: Disposable[] = [this.changed, this.came];
  private count = 0;

  /** From now on. */
  register(): void {
    this.parts.push(
      debug.registerDebugAdapterTrackerFactory('*', this),
      workspace.registerTextDocumentContentProvider(debugScheme, this),
    );
  }

  createDebugAdapterTracker({ id, name }: Pick<DebugSession, 'id' | 'name'>): DebugAdapterTracker | undefined {
    if (!isWanted()) return undefined;
    const ended = () => {
      const output = this.sessions.get(id);
      if (output) output.ended = true;
    };
    return {
      onDidSendMessage: message => {
        const written = outputOf(message);
        if (written) this.add(id, name, written);
      },
      onWillStopSession: ended,
      onExit: ended,
    };
  }

  /** What can be searched now. Nothing that was collected is, once the user has switched it off. */
  places(): SourcePlace[] {
    if (!isWanted()) return [];
    return [...this.sessions.values()].map(({ uri, buffer }) => ({
      kind: 'text',
      id: uri.toString(),
      text: buffer.text,
    }));
  }

  /** `null` of what no session writes. */
  stateOf(source: string): SessionState | null {
    const output = this.bySource(source);
    return output ? { isRunning: !output.ended, droppedLines: output.buffer.droppedLines } : null;
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.bySource(uri.toString())?.buffer.text ?? '';
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    for (const part of this.parts) part.dispose();
  }

  private bySource(source: string): Output | undefined {
    return [...this.sessions.values()].find(({ uri }) => uri.toString() === source);
  }

  private add(id: string, name: string, { text, channel }: Written): void {
    let output = this.sessions.get(id);
    const isNew = output === undefined;
    if (!output) {
      const path = `/${++this.count}/${name.replaceAll(/[\\/]/g, '-') || 'debug'}.log`;
      output = { uri: Uri.from({ scheme: debugScheme, path }), buffer: new OutputBuffer(mostOfSession), ended: false };
      this.sessions.set(id, output);
      this.forget();
    }
    output.buffer.add(text, channel);
    this.tell(output.uri);
    if (isNew) this.came.fire();
  }

  /** Those that have ended make room first. */
  private forget(): void {
    if (this.sessions.size <= mostSessions) return;
    const ids = [...this.sessions.keys()];
    const oldest = ids.find(id => this.sessions.get(id)?.ended) ?? ids[0];
    if (oldest !== undefined) this.sessions.delete(oldest);
  }

  private tell(uri: Uri): void {
    const key = uri.toString();
    if (this.waiting.has(key)) return;
    const fire = () => {
      this.waiting.delete(key);
      this.changed.fire(uri);
    };
    this.waiting.set(key, setTimeout(fire, restMs));
  }
}

const isWanted = (): boolean => workspace.getConfiguration().get<boolean>(settingIds.debugOutput, true);

interface Written {
  text: string;
  channel: string;
}

/** The text of an `output` event of the Debug Adapter Protocol; telemetry is nobody's log. */
function outputOf(message: unknown): Written | null {
  if (!isObject(message) || message.type !== 'event' || message.event !== 'output' || !isObject(message.body))
    return null;
  const { output, category } = message.body;
  if (typeof output !== 'string' || category === 'telemetry') return null;
  return { text: output, channel: category === 'stderr' ? 'stderr' : 'stdout' };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
