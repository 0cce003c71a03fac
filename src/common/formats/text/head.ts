import type { Field } from '../../model/fieldRole';

/** What stands before the message of a text line. */
export class Head {
  readonly fields: Field[] = [];
  readonly seen = { severity: false, thread: false, logger: false };
  /** A bracket made of pairs was among it. */
  hasPairs = false;
  hasStamp = false;
  /** The bracket that the stamp stands in holds more than the stamp. */
  isOpen = false;
  /** Spring Boot's `---` was among it. */
  hasDashes = false;

  /** Where the message begins, as far as is known. */
  end: number;

  constructor(end: number) {
    this.end = end;
  }

  add(field: Field): void {
    this.fields.push(field);
    if (field.name === 'severity' || field.name === 'thread' || field.name === 'logger') this.seen[field.name] = true;
  }
}
