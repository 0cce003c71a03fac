import { remembered } from '../../base/remembered';
import type { LogRecord } from '../../model/logRecord';
import { int32Column } from '../columns';
import { namesCallee } from './callees';
import { namesKind } from './stepKind';

/** What the rules ask of every record, many times over, as bits of {@link RecordSigns}. */
export const starts = 1 << 0;
export const ends = 1 << 1;
/** It states a duration. */
export const states = 1 << 2;
/** It counts the attempts at its step. */
export const counts = 1 << 3;
/** It names a message or a tool call. */
export const shares = 1 << 4;
/** It tells what a model used. */
export const uses = 1 << 5;
/** It names no zone, no date; it has no time at all. */
export const zoneless = 1 << 6;
export const dateless = 1 << 7;
export const timeless = 1 << 8;
/** It says how it ended: well, or with a failure or an exception. */
export const succeeds = 1 << 9;
export const fails = 1 << 10;
/** Its severity is that of an error. */
export const errs = 1 << 11;
/** It has something that a step shows of its records: message, input, use, place in the code. */
export const details = 1 << 12;
export const annotated = 1 << 13;
/** The name of an attribute tells what kind of step it is, or of whom is called. */
export const hints = 1 << 14;
/** It names a user, a session, an entity or an organisation. */
export const identifies = 1 << 15;
/** It has other correlation IDs than the first record has, or spells that one otherwise. */
export const respells = 1 << 16;
/** It names no step. */
export const stepless = 1 << 17;
/** Its time is the end of the duration that it states, if it states one. */
export const stampsEnd = 1 << 18;

export interface RecordSigns {
  /** By a record's index. */
  of: Int32Array;
  /** What any record says. */
  any: number;
}

/**
 * Reads the signs of records one after another.
 *
 * @param first the record whose spelling of the correlation ID is the usual one
 */
export function signReader(count: number, first: LogRecord | undefined) {
  const signs: RecordSigns = { of: int32Column(count), any: 0 };
  const isHint = remembered((name: string) => namesKind(name) || namesCallee(name));
  const spelling = first?.correlationIds[0]?.id;
  return {
    signs,
    /** @param lacks what the record does not say of time, see `timeReader` */
    read(record: LogRecord, at: number, lacks: number): void {
      const { phase, outcome, severity, attributes, correlationIds } = record;
      let bits = lacks | (phase === 'start' ? starts : phase === 'end' ? ends : 0);
      if (record.duration !== null) bits |= states;
      if (record.attempt !== null) bits |= counts;
      if (record.messageId !== null) bits |= shares | details;
      if (record.toolCallId !== null) bits |= shares;
      if (record.tokens !== null || record.cost !== null) bits |= uses | details;
      if (record.input !== null || record.codeLocation !== null) bits |= details;
      if (outcome === 'failed' || record.exception !== null) bits |= fails;
      else if (outcome === 'ok') bits |= succeeds;
      if (severity === 'error' || severity === 'fatal') bits |= errs;
      if (attributes.length > 0) bits |= annotated;
      for (let place = 0; place < attributes.length; place++) if (isHint(attributes[place]!.name)) bits |= hints;
      if (record.userId !== null || record.sessionId !== null) bits |= identifies;
      if (record.entityId !== null || record.organizationId !== null) bits |= identifies;
      if (correlationIds.length !== 1 || correlationIds[0]!.id !== spelling) bits |= respells;
      if (record.stepId === null) bits |= stepless;
      if (record.timeIs === 'end') bits |= stampsEnd;
      signs.of[at] = bits;
      signs.any |= bits;
    },
  };
}
