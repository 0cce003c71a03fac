import { l10n, MarkdownString } from 'vscode';
import type { RecordInsight } from '../../common/protocol/logEngine';
import { visibleLines } from '../../common/timeline/visibleText';
import { linkCommandIds } from '../contributions';
import { pictureUri } from './hoverPicture';
import { type Fact, lineFacts, type Missing, missingText } from './lineFacts';

/**
 * What is known of a line and its trace. Everything that a log says goes through `appendText` or `appendCodeblock`, so
 * that it stays text: no link, no picture, no HTML (SEC-05).
 */
export function hoverText(id: string | null, insight: RecordInsight | null, missing: Missing): MarkdownString {
  const text = new MarkdownString();
  const { facts, quote } = lineFacts(id, insight);
  const [title, ...others] = facts;
  if (title) append(text, title);
  if (quote !== null) text.appendCodeblock(visibleLines(quote), 'log');
  for (const fact of others) append(text, fact);
  const note = missingText(insight, missing);
  if (note !== null) text.appendMarkdown(`\n\n_${note}_`);
  return text;
}

function append(text: MarkdownString, { name, value }: Fact): void {
  text.appendMarkdown(`**${name}** `);
  text.appendText(value);
  text.appendMarkdown('  \n');
}

export interface HoverAction {
  /** A codicon's name. */
  icon: string;
  label: string;
  token: string;
}

/** The only trusted part, and no log text in it: ways on, and where in its trace the line stands. */
export function hoverActions(actions: readonly HoverAction[], trace: RecordInsight['trace']): MarkdownString {
  const links = actions.map(({ icon, label, token }) => {
    const argument = encodeURIComponent(JSON.stringify([token]));
    return `[$(${icon}) ${label}](command:${linkCommandIds.openHoverLink}?${argument})`;
  });
  const text = new MarkdownString(`${links.join(' &nbsp; ')}${pictureText(trace)}`, true);
  text.isTrusted = { enabledCommands: [linkCommandIds.openHoverLink] };
  return text;
}

function pictureText(trace: RecordInsight['trace']): string {
  const { picture = null, stepNumber = null } = trace ?? {};
  if (!picture?.marked) return '';
  // A number of ours, of digits, letters and dots.
  const name = l10n.t('The steps of the trace in time; this line is of step {0}', stepNumber ?? '–');
  // Last: of a hover that is too high, VS Code shows the beginning.
  return `\n\n![${name}](${pictureUri(picture)})`;
}
