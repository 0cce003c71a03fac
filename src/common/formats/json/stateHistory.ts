import type { Field } from '../../model/fieldRole';
import type { Enclosure, Part } from './enclosure';

/** A state of a state machine while it is passed, or the whole execution. */
interface State {
  /** The number of the event that entered it. */
  id: string;
  name: string | null;
  within: State | null;
  /** Whether it has states of its own. */
  isHolder: boolean;
  last: Event | null;
  isLeft: boolean;
}

interface Event {
  type: string;
  /** Whose event it is, and the state that the next event finds. */
  state: State;
  next: State;
  fields: Field[];
}

/**
 * What events of a state machine's history say by the number of the one before (AWS Step Functions' `HistoryEvent`): each
 * is of the state that was entered last on its way, and a state follows the one that was left before it within the same
 * branch. The fields stand nowhere in the records' texts. `null` where the records are no such history.
 */
export function stateHistory(text: string, parts: readonly Part[]): Map<Part, Field[]> | null {
  const events = new Map<string, Event>();
  const fieldsOf = new Map<Part, Field[]>();
  const whole: State = { id: '1', name: null, within: null, isHolder: true, last: null, isLeft: false };
  for (const part of parts) {
    const [id, before, type] = ['id', 'previousEventId', 'type'].map(key => scalarOf(text, part.self, key));
    if (!id || before === undefined || !type) return null;
    const name = nameOf(text, part.self);
    const cause = events.get(before);
    const event = eventAfter(cause, { id, type, name }, whole);
    const { state } = event;
    state.last = event;
    events.set(id, event);
    fieldsOf.set(part, event.fields);
    event.fields.push(told('stepId', state.id), told('phase', phaseOf(event)));
    if (state.name !== null) event.fields.push(told('stepType', state.name));
    const isEntered = /StateEntered$/.test(type);
    if (isEntered && state.within) event.fields.push(told('parentSpanId', state.within.id));
    // The events before are of the same state, but for that which left the state before.
    event.fields.push(told('previousEventId', isEntered && cause?.state.isLeft ? cause.state.id : ''));
  }
  // What is never left has ended with its last event.
  for (const { state, fields } of events.values())
    if (!state.isLeft && state.last?.fields === fields && isFailure(state.last.type)) fields[1]!.value = 'failed';
  return fieldsOf;
}

const told = (name: string, value: string): Field => ({ name, value, start: 0, end: 0 });

const isFailure = (type: string): boolean => /(?:Failed|TimedOut|Aborted)$/.test(type);

const phaseOf = ({ type, state }: Event): string => {
  if (/^Execution/.test(type)) return /Started$/.test(type) ? 'start' : isFailure(type) ? 'failed' : 'completed';
  if (/StateEntered$/.test(type)) return 'start';
  return state.isLeft && /StateExited$/.test(type) ? 'end' : 'progress';
};

function eventAfter(
  cause: Event | undefined,
  { id, type, name }: { id: string; type: string; name: string | null },
  whole: State,
): Event {
  const found = cause?.next ?? whole;
  const of = (state: State, next = state): Event => ({ type, state, next, fields: [] });
  if (/^Execution/.test(type)) return of(whole);
  if (/StateEntered$/.test(type)) {
    const isHolder = /^(?:Parallel|Map)/.test(type);
    return of({ id, name, within: found, isHolder, last: null, isLeft: false });
  }
  if (/StateExited$/.test(type)) {
    const left = outward(found, state => state.name === name);
    left.isLeft = true;
    return of(left, left.within ?? whole);
  }
  return of(/^(?:Parallel|Map)/.test(type) ? outward(found, ({ isHolder }) => isHolder) : found);
}

/** The nearest state that fits, from within outwards; the one to begin with where none does. */
function outward(from: State, fits: (state: State) => boolean): State {
  for (let state: State | null = from; state; state = state.within) if (fits(state)) return state;
  return from;
}

function scalarOf(text: string, of: Enclosure | null, key: string): string | undefined {
  const member = of?.members?.find(known => known.key === key);
  return member && text.slice(member.start, member.end).replace(/^"|"$/g, '');
}

const stateName = /"name"\s*:\s*"((?:[^"\\]|\\.)*)"/;

/** The name in the details of a state that is entered or left. */
function nameOf(text: string, of: Enclosure | null): string | null {
  const details = of?.members?.find(({ key }) => /^state(?:Entered|Exited)EventDetails$/.test(key));
  return details ? (stateName.exec(text.slice(details.start, details.end))?.[1] ?? null) : null;
}
