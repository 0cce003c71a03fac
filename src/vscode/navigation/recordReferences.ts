import { Location, l10n, type Position, type ReferenceProvider, type TextDocument, window } from 'vscode';
import type { LineTraces } from './lineTraces';
import { uriOf } from './recordUri';
import { referenceRanges } from './referenceRanges';

/** More than anybody looks through in a list; a timeline shows them all. */
const most = 5_000;

/** *Find All References* on an ID: all records of its trace, in all files. */
export class RecordReferenceProvider implements ReferenceProvider {
  private readonly lines: LineTraces;

  constructor(lines: LineTraces) {
    this.lines = lines;
  }

  async provideReferences(document: TextDocument, position: Position): Promise<Location[]> {
    const found = await this.lines.recordsOf(document, position, most);
    if (!found) return [];
    const records = found.records.flatMap(record => (record.line === null ? [] : { ...record, line: record.line }));
    const ranges = await referenceRanges(records, this.lines.engine);
    const locations = records.map(({ source }, index) => new Location(uriOf(source), ranges[index]!));
    if (locations.length < found.all)
      void window.showInformationMessage(
        l10n.t('{0} of {1} records are listed. The timeline shows all.', locations.length, found.all),
      );
    return locations;
  }
}
