import type { LogRecord } from '../../model/logRecord';
import { canonicalName } from '../fieldNames';
import { isId, looksLikeTag } from '../ids';
import type { ReadRecord } from '../recordReader';
import { isInPath, isSlot } from './embeddedIds';

/** The records of a sample that hold one value: how many, the first and the last by their numbers in the sample. */
export interface Life {
  count: number;
  first: number;
  last: number;
  /** What the records are about (their logger, and how their messages begin); a few. */
  steps: Set<string>;
}

/** The values of one field or slot, in the order in which they were seen. */
export interface Lives {
  name: string;
  /** Records that have one. */
  records: number;
  lastRecord: number;
  values: Map<string, Life>;
}

/** The lives of a sample's values, and the records in which they were followed. */
export interface SampleLives {
  lives: readonly Lives[];
  records: number;
}

const namesKept = 500;
const stepsKept = 4;
const longestId = 255;
const messageHead = 100;
const withDigits = /\S*\d\S*/g;
const stepLength = 24;

/** Follows through the records of a sample what may be an ID: slots, and fields without a role whose value has a digit. */
export class LifeCensus {
  private readonly names = new Map<string, Lives>();

  /** `text`: the record's; `index`: its number in the sample. */
  take({ fields, record }: ReadRecord, text: string, index: number): void {
    let step: string | null = null;
    for (const field of fields) {
      const { name, value, role } = field;
      // A web framework's tag may stand where others write the thread.
      if (role !== null && !(role === 'thread' && looksLikeTag(value))) continue;
      if (value.length > longestId || !/\d/.test(value) || !isId(value)) continue;
      if (isSlot(name) && isInPath(text, field)) continue;
      step ??= stepOf(record);
      this.add(canonicalName(name), value, index, step);
    }
  }

  all(): Lives[] {
    return [...this.names.values()];
  }

  private add(name: string, value: string, record: number, step: string): void {
    const lives = this.names.get(name) ?? this.open(name);
    if (!lives) return;
    if (lives.lastRecord !== record) lives.records++;
    lives.lastRecord = record;
    const life = lives.values.get(value);
    if (!life) {
      lives.values.set(value, { count: 1, first: record, last: record, steps: new Set([step]) });
      return;
    }
    if (life.last !== record) life.count++;
    life.last = record;
    if (life.steps.size < stepsKept) life.steps.add(step);
  }

  private open(name: string): Lives | null {
    if (this.names.size >= namesKept) return null;
    const lives: Lives = { name, records: 0, lastRecord: -1, values: new Map() };
    this.names.set(name, lives);
    return lives;
  }
}

/** What a record is about: its logger, and its message's first words without numbers and IDs. */
const stepOf = ({ logger, message }: LogRecord): string =>
  `${logger ?? ''} ${message.slice(0, messageHead).replace(withDigits, '').trim().slice(0, stepLength)}`;
