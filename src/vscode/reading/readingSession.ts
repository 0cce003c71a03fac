import { basename, dirname } from 'node:path';
import { EventEmitter, l10n, workspace } from 'vscode';
import { coverageAdvice, coverageText } from '../../common/profile/coverage';
import type { DetectedSource } from '../../common/protocol/documents';
import type { ReadingState, SourceRequest } from '../../common/protocol/readingProtocol';
import type { EngineAccess } from '../engine/engineAccess';
import { isCancellation, messageOf, UserError } from '../userError';

/** What the page *How Are My Logs Read?* shows: the sources as they were read last. */
export class ReadingSession {
  state: ReadingState = { kind: 'loading', full: false };
  private readonly access: EngineAccess;
  private readonly changed = new EventEmitter<ReadingState>();
  readonly onDidChange = this.changed.event;
  private sources: DetectedSource[] = [];
  private revision = 0;
  private reading: AbortController | null = null;

  constructor(access: EngineAccess) {
    this.access = access;
  }

  /** Reads all sources anew; one that is being read is given up. */
  async read(full: boolean): Promise<void> {
    this.reading?.abort();
    const reading = new AbortController();
    this.reading = reading;
    this.show({ kind: 'loading', full });
    try {
      const engine = await this.access.withSources();
      const { sources, notes } = await engine.sources({ full, samples: true }, { signal: reading.signal });
      this.sources = sources;
      this.revision++;
      const advice = coverageAdvice(sources.flatMap(({ coverage }) => coverage));
      const summaries = sources.map(({ samples: _, unparsedExamples: __, ...summary }) => {
        const services = new Set(summary.coverage.map(({ service }) => service));
        const own = advice.filter(({ service }) => services.has(service)).map(coverageText);
        return { ...summary, name: nameOf(summary.path), advice: own };
      });
      this.show({ kind: 'sources', revision: this.revision, full, sources: summaries, notes });
    } catch (error) {
      if (isCancellation(error)) return;
      this.show({ kind: 'failed', message: messageOf(error) });
    }
  }

  /** @throws UserError where the logs were read anew since the page asked */
  source({ revision, source: index }: SourceRequest): DetectedSource {
    const source = revision === this.revision ? this.sources[index] : undefined;
    if (!source) throw new UserError(l10n.t('The logs were read again since: choose anew.'));
    return source;
  }

  dispose(): void {
    this.reading?.abort();
    this.changed.dispose();
  }

  private show(state: ReadingState): void {
    this.state = state;
    this.changed.fire(state);
  }
}

/** A path as people name it: relative to the workspace, else with its folder. */
function nameOf(path: string): string {
  const relative = workspace.asRelativePath(path);
  return relative === path ? `${basename(dirname(path))}/${basename(path)}` : relative;
}
