import type { FieldRole } from '../model/fieldRole';
import type { RoleBinding } from '../model/sourceProfile';
import { canonicalName, isIdRole, type KnownName, knownName } from './fieldNames';
import { httpMethod } from './httpMethod';
import { dottedOrder } from './idShapes';
import { isId, isWeakId } from './ids';
import { outcomeOf, phaseOfMessage, phaseOfValue } from './phase';
import { severityOf } from './severity';
import { durationOf } from './time/duration';
import { isStampPart } from './time/joinedStamp';
import { stampOf } from './time/looseStamp';

/** A field name of a sample: how often it occurs, and some of its values. */
export interface NameCount {
  name: string;
  count: number;
  values: string[];
  /** Whether the log nowhere says this name: a layout has it for what stands at a place, or looks like that. */
  unsaid: boolean;
}

const valuesKept = 64;
const namesKept = 2000;

/** Counts the field names of a sample. */
export class NameCensus {
  /** Records that were counted. */
  records = 0;
  private readonly names = new Map<string, NameCount>();

  add(name: string, value: string, unsaid = false): void {
    const key = canonicalName(name);
    const known = this.names.get(key);
    if (known) {
      known.count++;
      known.unsaid &&= unsaid;
      if (known.values.length < valuesKept) known.values.push(value);
    } else if (this.names.size < namesKept) {
      this.names.set(key, { name: key, count: 1, values: [value], unsaid });
    }
  }

  get(name: string): NameCount | undefined {
    return this.names.get(name);
  }

  all(): NameCount[] {
    return [...this.names.values()];
  }
}

/** The roles that the names of a sample tell, each with its fields from the strongest; a name whose values belie it is out. */
export function rolesByName(census: NameCensus): Partial<Record<FieldRole, RoleBinding>> {
  const found = new Map<FieldRole, { name: NameCount; known: KnownName }[]>();
  for (const name of census.all()) {
    const known = knownName(name.name.replaceAll('[]', ''));
    if (!known || !name.values.some(value => fits(known, name.name, value))) continue;
    const list = found.get(known.role) ?? [];
    list.push({ name, known });
    found.set(known.role, list);
  }
  const roles: Partial<Record<FieldRole, RoleBinding>> = {};
  for (const [role, list] of found) {
    list.sort((a, b) => a.known.rank - b.known.rank || b.name.count - a.name.count);
    roles[role] = { fields: list.map(({ name }) => name.name), evidence: list[0]?.name.unsaid ? 'layout' : 'name' };
  }
  return roles;
}

/** Whether a value is one that its name's role can have. */
function fits({ role, plain, doubtful }: KnownName, name: string, value: string): boolean {
  if (role === 'timestamp') return plain === 'instantnanoofsecond' || stampOf(value) !== null || isStampPart(value);
  if (role === 'duration') return durationOf(name, value) !== null;
  if (role === 'severity') return severityOf(plain, value) !== null;
  if (role === 'phase')
    return phaseOfValue(value) !== null || (value.includes(' ') && phaseOfMessage(value).phase !== 'progress');
  if (role === 'status') return outcomeOf(plain, value) !== null || phaseOfValue(value) !== null;
  if (role === 'userId') return value !== '';
  if (role === 'previousStepId') return value !== '';
  if (plain === 'dottedorder') return dottedOrder(value) !== null;
  if (isIdRole(role)) return isId(value) && !(doubtful && isWeakId(value));
  if (role === 'codeLocation') return value !== '' && !httpMethod.test(value);
  if (role === 'service' || role === 'host') return value !== '' && !value.startsWith('{');
  return value !== '';
}
