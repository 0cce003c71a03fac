import type { TraceStatus } from '../model/trace';
import { noValue, stepBit } from './stepRows';
import { type StepColumns, stateOf, stepState } from './stepState';
import { closedBit, type TraceBlock } from './traceBlock';
import { traceBit } from './traceRows';
import { type FoundSteps, statusOfUnfinished } from './unfinished';

/** What columns tell of a trace's steps. */
export interface Verdict {
  steps: number;
  status: TraceStatus;
}

/** A block's row, with the numbers that its values have in all blocks. */
export interface TracePart {
  block: TraceBlock;
  row: number;
  values: Int32Array;
}

/** A step, put together from all blocks that have some of it. */
export interface KnownStep extends StepColumns {
  isClosed: boolean;
  /** Whether it names no previous step. */
  isRoot: boolean;
  /** Of a closed one: what its publishers wrote in another range. */
  handoffs: KnownStep[];
  host: number;
  host2: number;
  previous: number[];
}

/**
 * How many steps a trace has and how it went, where its columns tell for sure what `assembleTrace` would: no step speaks
 * of a failure, every previous step is there, and where only some of them ended it is plain which was the last (see
 * {@link statusOfUnfinished}); or no record names a step and all are of one lane. `null` for all others.
 */
export function verdictOf(parts: readonly TracePart[]): Verdict | null {
  let bits = 0;
  let steps = 0;
  for (const { block, row } of parts) {
    bits |= block.bits[row]!;
    steps += stepsEnd(block, row) - stepsStart(block, row);
  }
  if (bits & (traceBit.inexact | traceBit.unsure | traceBit.lanes)) return null;
  if (bits & traceBit.stepless) {
    if (steps > 0 || !parts.every(part => isSameLane(part, parts[0]!))) return null;
    return { steps: 1, status: bits & traceBit.ended ? 'ok' : 'unknown' };
  }
  const [only] = parts;
  if (parts.length === 1 && only && areClosed(only)) return { steps, status: 'ok' };
  const known = new Map<number, KnownStep>();
  for (const part of parts) if (!addSteps(known, part)) return null;
  return ofSteps(known, Math.min(...parts.map(({ block, row }) => block.from[row]!)));
}

const stepsStart = ({ stepEnds }: TraceBlock, row: number): number => (row === 0 ? 0 : stepEnds[row - 1]!);
const stepsEnd = ({ stepEnds }: TraceBlock, row: number): number => stepEnds[row]!;

function areClosed({ block, row }: TracePart): boolean {
  const end = stepsEnd(block, row);
  for (let at = stepsStart(block, row); at < end; at++) if (block.steps.states[at] === 0) return false;
  return true;
}

function isSameLane(one: TracePart, other: TracePart): boolean {
  for (let at = 0; at < 4; at++) {
    const [a, b] = [one.block.lane[4 * one.row + at]!, other.block.lane[4 * other.row + at]!];
    if (numberOf(one, a) !== numberOf(other, b)) return false;
  }
  return true;
}

const numberOf = ({ values }: TracePart, value: number): number => (value < 0 ? value : values[value]!);

/** Adds the steps that a part has; false where two parts hold what cannot be put together. */
function addSteps(known: Map<number, KnownStep>, part: TracePart): boolean {
  const { block, row } = part;
  const { steps } = block;
  const end = stepsEnd(block, row);
  let open = row === 0 ? 0 : block.openEnds[row - 1]!;
  for (let at = stepsStart(block, row); at < end; at++) {
    const key = steps.keys[at]!;
    const state = steps.states[at]!;
    const worker = numberOf(part, steps.workers[at]!);
    const start = steps.start[at]!;
    const step = state === 0 ? openStep(part, open++, worker, start) : closedStep(part, state, worker, start);
    const before = known.get(key);
    if (before && !combine(before, step)) return false;
    if (!before) known.set(key, step);
  }
  return true;
}

const closedStep = ({ block, row }: TracePart, state: number, worker: number, start: number): KnownStep => ({
  isClosed: true,
  isRoot: (state & closedBit.root) !== 0,
  handoffs: [],
  bits: stepBit.seen | stepBit.started | stepBit.ended | (state & closedBit.side ? stepBit.side : 0),
  start,
  end: Number.NaN,
  service: worker,
  service2: noValue,
  // At the latest.
  last: block.to[row]!,
  last2: Number.NEGATIVE_INFINITY,
  worker,
  host: -1,
  host2: -1,
  previous: [],
});

function openStep(part: TracePart, open: number, worker: number, start: number): KnownStep {
  const { steps } = part.block;
  const previous: number[] = [];
  for (let at = open === 0 ? 0 : steps.previousEnds[open - 1]!; at < steps.previousEnds[open]!; at++)
    previous.push(steps.keys[steps.previous[at]!]!);
  const bits = steps.bits[open]!;
  const service = numberOf(part, steps.service[open]!);
  const service2 = numberOf(part, steps.service2[open]!);
  return {
    isClosed: false,
    isRoot: previous.length === 0,
    handoffs: [],
    bits,
    start,
    end: steps.end[open]!,
    service,
    service2,
    last: steps.last[open]!,
    last2: steps.last2[open]!,
    worker: bits & stepBit.started || service2 === noValue ? worker : noValue,
    host: numberOf(part, steps.host[open]!),
    host2: numberOf(part, steps.host2[open]!),
    previous,
  };
}

/** Adds to a step what another block has of it; false where the two cannot be put together. */
function combine(step: KnownStep, other: KnownStep): boolean {
  if (!isSeen(other)) return true;
  if (!isSeen(step)) {
    Object.assign(step, other);
    return true;
  }
  if (step.isClosed) return addHandoff(step, other);
  if (other.isClosed) {
    const early = { ...step };
    Object.assign(step, other);
    return addHandoff(step, early);
  }
  if (step.bits & other.bits & (stepBit.started | stepBit.ended)) return false;
  // Which of two records of one stamp comes first is not kept.
  if (touches(step, other) || touches(other, step)) return false;
  const services = [slotsOf(step), slotsOf(other)].flat();
  step.bits |= other.bits & ~sides;
  step.bits &= ~sides;
  step.service = step.service2 = noValue;
  step.last = step.last2 = Number.NEGATIVE_INFINITY;
  step.host = step.host2 = -1;
  for (const slot of services) if (!addSlot(step, slot)) return false;
  if (other.bits & stepBit.started) {
    step.start = other.start;
    step.worker = other.worker;
  } else if (!(step.bits & stepBit.started)) step.worker = step.service2 === noValue ? step.service : noValue;
  if (other.bits & stepBit.ended) step.end = other.end;
  step.previous.push(...other.previous);
  step.isRoot &&= other.isRoot;
  return true;
}

/** Adds to a step that is closed in one block what one service wrote before its start; false for anything else. */
function addHandoff(closed: KnownStep, early: KnownStep): boolean {
  const { bits, service2, last, isClosed } = early;
  if (isClosed || bits & ~(stepBit.seen | stepBit.hasProgress | stepBit.side)) return false;
  if (service2 !== noValue || !(last < closed.start)) return false;
  closed.handoffs.push(early);
  closed.bits |= bits & stepBit.side;
  return true;
}

const isSeen = ({ bits }: KnownStep): boolean => (bits & stepBit.seen) !== 0;

const touches = ({ bits, start }: KnownStep, { last, last2 }: KnownStep): boolean =>
  (bits & stepBit.started) !== 0 && (last === start || last2 === start);

const sides = stepBit.acts | stepBit.hosts | stepBit.acts2 | stepBit.hosts2;

/** What one service did for a step. */
interface ServiceSlot {
  service: number;
  last: number;
  host: number;
  acts: boolean;
  hosts: boolean;
}

function slotsOf({ bits, service, service2, last, last2, host, host2 }: KnownStep): ServiceSlot[] {
  const acts = (bits & stepBit.acts) !== 0;
  const hosts = (bits & stepBit.hosts) !== 0;
  const slots = [{ service, last, host, acts, hosts }];
  if (service2 === noValue) return slots;
  const second = { acts: (bits & stepBit.acts2) !== 0, hosts: (bits & stepBit.hosts2) !== 0 };
  return [...slots, { service: service2, last: last2, host: host2, ...second }];
}

function addSlot(step: KnownStep, { service, last, host, acts, hosts }: ServiceSlot): boolean {
  const isFirst = step.service === noValue || step.service === service;
  if (!isFirst && step.service2 !== noValue && step.service2 !== service) return false;
  const known = isFirst ? step.host : step.host2;
  const differs = hosts || (host >= 0 && known >= 0 && host !== known);
  if (isFirst) {
    step.service = service;
    step.last = Math.max(step.last, last);
    step.host = host >= 0 ? host : known;
  } else {
    step.service2 = service;
    step.last2 = Math.max(step.last2, last);
    step.host2 = host >= 0 ? host : known;
  }
  if (acts) step.bits |= isFirst ? stepBit.acts : stepBit.acts2;
  if (differs) step.bits |= isFirst ? stepBit.hosts : stepBit.hosts2;
  return true;
}

/** @param from the earliest time that a record of the trace speaks of */
function ofSteps(known: ReadonlyMap<number, KnownStep>, from: number): Verdict | null {
  const found: FoundSteps = { ok: [], begun: [], announced: [], named: new Set(), from };
  const publishedBy = (previous: readonly number[], service: number) =>
    previous.some(key => known.get(key)?.worker === service);
  for (const [key, step] of known) {
    if (!isSeen(step)) return null;
    for (const previous of step.previous) if (previous !== key) found.named.add(known.get(previous)!);
    if (step.isClosed) {
      if (!step.handoffs.every(({ previous, service }) => publishedBy(previous, service))) return null;
      found.ok.push(step);
      continue;
    }
    const publishes = (service: number) => publishedBy(step.previous, service);
    const state = stateOf(step, step.previous.length > 0, publishes);
    if (state === stepState.ok) found.ok.push(step);
    else if (state === stepState.unended) found.begun.push(step);
    else if (state === stepState.announced) found.announced.push(step);
    else return null;
  }
  const status = statusOfUnfinished(found);
  return status && { steps: known.size, status };
}
