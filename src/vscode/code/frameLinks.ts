import { setImmediate } from 'node:timers/promises';
import * as v from 'valibot';
import {
  type CancellationToken,
  DocumentLink,
  type DocumentLinkProvider,
  l10n,
  Range,
  type TextDocument,
  Uri,
  type ViewColumn,
  workspace,
} from 'vscode';
import { framesOfLine } from '../../common/code/framesOfLine';
import { linkCommandIds } from '../contributions';
import { UserError } from '../userError';
import { revealCode } from './revealCode';

/** VS Code asks for the links of a whole document at once, on the thread that all extensions share. In ms at a stretch. */
const slice = 8;
const mostLines = 200_000;
const mostLinks = 5_000;

const frameArguments = v.strictTuple([
  v.string(),
  v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
]);

/** Names a frame by its place: what the log says of it is read again when somebody clicks. */
class FrameLink extends DocumentLink {
  readonly place: v.InferOutput<typeof frameArguments>;

  constructor(range: Range, place: FrameLink['place']) {
    super(range);
    this.place = place;
    // No word of the log: VS Code takes it for Markdown.
    this.tooltip = l10n.t('Open Code');
  }
}

/** Makes the stack frames of a log in a text editor links to the code, which is looked for when one is clicked. */
export class FrameLinkProvider implements DocumentLinkProvider<FrameLink> {
  async provideDocumentLinks(document: TextDocument, token: CancellationToken): Promise<FrameLink[]> {
    const uri = document.uri.toString();
    const links: FrameLink[] = [];
    let until = performance.now() + slice;
    for (let line = 0; line < mostLines && links.length < mostLinks; line++) {
      if (performance.now() > until) {
        await setImmediate();
        if (token.isCancellationRequested) return [];
        until = performance.now() + slice;
      }
      // It may have become shorter meanwhile.
      if (line >= document.lineCount) break;
      for (const [index, { start, end }] of framesOfLine(document.lineAt(line).text).entries())
        links.push(new FrameLink(new Range(line, start, line, end), [uri, line, index]));
    }
    return links;
  }

  resolveDocumentLink(link: FrameLink): FrameLink {
    link.target = Uri.from({ scheme: 'command', path: linkCommandIds.openFrame, query: JSON.stringify(link.place) });
    return link;
  }
}

/** Opens the code that a frame of an open log names. @throws UserError where there is none */
export async function openFrame(args: readonly unknown[], avoid: readonly ViewColumn[]): Promise<void> {
  const read = v.safeParse(frameArguments, args);
  if (!read.success) return;
  const [uri, line, index] = read.output;
  const document = workspace.textDocuments.find(other => other.uri.toString() === uri);
  const text = document && line < document.lineCount ? document.lineAt(line).text : '';
  const frame = framesOfLine(text)[index];
  if (!frame) throw new UserError(l10n.t('This log line has changed since: it names no code here any more.'));
  await revealCode(frame, avoid);
}
