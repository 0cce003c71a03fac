import {
  type CancellationToken,
  CodeLens,
  type CodeLensProvider,
  EventEmitter,
  l10n,
  type TextDocument,
  workspace,
} from 'vscode';
import { formatDuration } from '../../common/timeline/formatDuration';
import { linkCommandIds, settingIds } from '../contributions';
import { labelText, stepName } from '../format';
import type { HoverLinks } from '../hover/hoverLinks';
import { idToOffer } from '../pick/idsOfEditor';
import type { LineTrace, LineTraces } from './lineTraces';

/** A line that says that it is an error, in most formats; whether it is one the reader decides. */
const errorWord =
  /\b(?:ERROR|FATAL|SEVERE|CRITICAL|PANIC|EMERG)\b|"(?:level|severity|lvl)"\s*:\s*"(?:err|crit|fat|sev)/i;
/** More lenses than these are noise, and the text of a longer document is not looked through for them. */
const most = 200;
const longestLine = 4_000;
const maxLines = 200_000;
/** So long, in ms, the engine is asked about lines at a stretch; those that are left come a moment later. */
const patience = 1_000;

class LineLens extends CodeLens {
  readonly document: TextDocument;
  readonly id: string;
  constructor(document: TextDocument, line: number, id: string) {
    super(document.lineAt(line).range);
    this.document = document;
    this.id = id;
  }
}

/** Above an error line: which request and step it is of, and the way to its timeline. */
export class ErrorLensProvider implements CodeLensProvider<LineLens> {
  private readonly lines: LineTraces;
  private readonly links: HoverLinks;
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  /** One at a time: a look-up that is asked for while another runs takes its place. */
  private turn: Promise<unknown> = Promise.resolve();
  /** By text of a line: the ID that the engine reads in a line on which none is evident; `null`: it has none. */
  private asked = new WeakMap<TextDocument, Map<string, string | null>>();

  constructor(lines: LineTraces, links: HoverLinks) {
    this.lines = lines;
    this.links = links;
  }

  /** To be called when the settings have changed. */
  refresh(): void {
    this.asked = new WeakMap();
    this.changed.fire();
  }

  async provideCodeLenses(document: TextDocument, token: CancellationToken): Promise<LineLens[]> {
    if (!workspace.getConfiguration().get<boolean>(settingIds.codeLens, true)) return [];
    const lenses: LineLens[] = [];
    const asked = this.asked.get(document) ?? new Map<string, string | null>();
    this.asked.set(document, asked);
    const until = Date.now() + patience;
    let hasLearnt = false;
    for (const { line, text } of errorLines(document)) {
      if (token.isCancellationRequested) return [];
      let id = idToOffer(text) ?? asked.get(text);
      if (id === undefined && asked.size < most) {
        if (Date.now() > until) {
          // Where it tells nothing, the next stretch would be like this one, for ever.
          if (hasLearnt) this.changed.fire();
          break;
        }
        // What could not be read now may be read the next time.
        id = await this.lines.idOf(document, line).catch(() => undefined);
        if (id === undefined) continue;
        asked.set(text, id);
        hasLearnt = true;
      }
      if (id) lenses.push(new LineLens(document, line, id));
      if (lenses.length >= most) break;
    }
    return lenses;
  }

  async resolveCodeLens(lens: LineLens): Promise<LineLens> {
    const asked = this.turn.then(() => this.lines.at(lens.document, lens.range.start.line));
    this.turn = asked.catch(() => undefined);
    const found = await asked.catch(() => null);
    const id = found?.insight.correlationId ?? lens.id;
    const token = this.links.tokenFor({ kind: 'timeline', id, step: found?.trace.step?.key ?? null });
    lens.command = { title: titleOf(id, found), command: linkCommandIds.openHoverLink, arguments: [token] };
    return lens;
  }
}

function* errorLines(document: TextDocument): Generator<{ line: number; text: string }> {
  const last = Math.min(document.lineCount, maxLines);
  for (let line = 0; line < last && line < document.lineCount; line++) {
    const text = document.lineAt(line).text.slice(0, longestLine);
    if (errorWord.test(text)) yield { line, text };
  }
}

/** `Request 7c2d9f7b · step 4a Tool: search · 2.1 s · Show Timeline`; no more than is known. */
function titleOf(id: string, found: LineTrace | null): string {
  const { step = null, stepNumber = null, stepLabel = null } = found?.trace ?? {};
  return [
    l10n.t('Request {0}', labelText(id, 16)),
    step && l10n.t('step {0}', stepName(stepNumber, stepLabel, 40)),
    step?.durationMs == null ? null : formatDuration(step.durationMs),
    l10n.t('Show Timeline'),
  ]
    .filter(Boolean)
    .join(' · ');
}
