import type { CancellationToken, DefinitionProvider, LocationLink, Position, TextDocument } from 'vscode';
import type { LineTraces } from './lineTraces';
import { locationOf } from './recordUri';

/** *Go to Definition* on a log line: what came before it, the first record of each previous step. */
export class PreviousStepProvider implements DefinitionProvider {
  private readonly lines: LineTraces;

  constructor(lines: LineTraces) {
    this.lines = lines;
  }

  async provideDefinition(document: TextDocument, at: Position, token: CancellationToken): Promise<LocationLink[]> {
    const found = await this.lines.at(document, at.line, token);
    if (!found) return [];
    const { traceId, previous } = found.trace;
    const steps = await Promise.all(previous.map(({ key }) => this.lines.engine.step({ traceId, key })));
    return steps.flatMap(({ records: [first] }) => {
      const location = first && locationOf(first);
      if (!location) return [];
      return [
        {
          originSelectionRange: document.getWordRangeAtPosition(at) ?? document.lineAt(at).range,
          targetUri: location.uri,
          targetRange: location.range,
        },
      ];
    });
  }
}
