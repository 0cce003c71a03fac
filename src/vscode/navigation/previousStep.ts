import type { CancellationToken, DefinitionProvider, LocationLink, Position, TextDocument } from 'vscode';
import type { LineTraces } from './lineTraces';
import { locationOf } from './recordUri';

/**
 * *Go to Definition* on a log line: what came before it, the first record of each previous step; before the first step there
 * is the record that the trace began with. From there VS Code goes on to all records, as from any definition.
 */
export class PreviousStepProvider implements DefinitionProvider {
  private readonly lines: LineTraces;

  constructor(lines: LineTraces) {
    this.lines = lines;
  }

  async provideDefinition(document: TextDocument, at: Position, token: CancellationToken): Promise<LocationLink[]> {
    const found = await this.lines.at(document, at.line, token);
    if (!found) return [];
    const { traceId, previous, first } = found.trace;
    const steps = await Promise.all(previous.map(({ key }) => this.lines.engine.step({ traceId, key })));
    const before = steps.flatMap(({ records }) => records[0] ?? []);
    return (before.length > 0 ? before : [first]).flatMap(record => {
      const location = locationOf(record);
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
