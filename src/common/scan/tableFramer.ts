import type { TableLayout } from '../model/sourceProfile';
import { type FramedRecord, type FramerOptions, RecordFramer } from './recordFramer';

/** Cuts a table into its rows: a quoted cell may hold line breaks; directives and the row of titles are no records. */
export class TableFramer extends RecordFramer {
  readonly layout: TableLayout;

  constructor(layout: TableLayout, options: FramerOptions, emit: (frame: FramedRecord) => void) {
    super({ ...options, startsRecord: () => true }, emit);
    this.layout = layout;
  }
}
