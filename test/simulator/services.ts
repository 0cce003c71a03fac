export type Kind = 'request' | 'context' | 'llm' | 'tool' | 'result' | 'observability' | 'audit';
export type FormatName = 'nestedJson' | 'flatJson' | 'logfmt' | 'bracketed' | 'mdc' | 'keyValue';

/** What a service logs of its steps. `stated` is one end record that says how long the step took. */
export type LoggedPhases = 'start+end' | 'start' | 'end' | 'stated';

export interface Service {
  readonly name: string;
  readonly file: string;
  readonly format: FormatName;
  readonly phases: LoggedPhases;
  readonly kinds: readonly Kind[];
  readonly hosts: readonly string[];
  readonly thread: string;
  /** Logs a "Publishing … message" line that already carries the next step's context. */
  readonly publishes: boolean;
  /** Its durations are multiples of this: `elapsed="8.4s"` can only be exact in tenths of a second. */
  readonly tickMs: number;
}

const hosts = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${name}-${String.fromCharCode(97 + i)}`);

export const services: readonly Service[] = [
  {
    name: 'API',
    file: 'api.log',
    format: 'nestedJson',
    phases: 'start+end',
    kinds: ['request', 'context', 'result'],
    hosts: hosts('api', 2),
    thread: 'http-nio',
    publishes: true,
    tickMs: 1,
  },
  {
    name: 'Worker1',
    file: 'worker1.log',
    format: 'logfmt',
    phases: 'start+end',
    kinds: ['context', 'llm'],
    hosts: hosts('worker1', 3),
    thread: 'llm',
    publishes: true,
    tickMs: 1,
  },
  {
    name: 'Worker2',
    file: 'worker2.log',
    format: 'bracketed',
    phases: 'start+end',
    kinds: ['tool'],
    hosts: hosts('worker2', 3),
    thread: 'pool',
    publishes: true,
    tickMs: 1,
  },
  {
    name: 'Worker3',
    file: 'worker3.log',
    format: 'mdc',
    phases: 'start+end',
    kinds: ['tool'],
    hosts: hosts('worker3', 3),
    thread: 'pool-2-thread',
    publishes: false,
    tickMs: 1,
  },
  {
    name: 'Worker4',
    file: 'worker4.log',
    format: 'keyValue',
    phases: 'start',
    kinds: ['llm', 'tool'],
    hosts: hosts('worker4', 2),
    thread: 'exec',
    publishes: true,
    tickMs: 1,
  },
  {
    name: 'Toolbox',
    file: 'toolbox.log',
    format: 'logfmt',
    phases: 'end',
    kinds: ['context', 'tool'],
    hosts: hosts('toolbox', 2),
    thread: 'task',
    publishes: true,
    tickMs: 1,
  },
  {
    name: 'Search',
    file: 'search.log',
    format: 'keyValue',
    phases: 'stated',
    kinds: ['tool'],
    hosts: hosts('search', 2),
    thread: 'exec',
    publishes: false,
    tickMs: 100,
  },
  {
    name: 'Context',
    file: 'context.jsonl',
    format: 'flatJson',
    phases: 'stated',
    kinds: ['context'],
    hosts: hosts('context', 2),
    thread: 'consumer',
    publishes: true,
    tickMs: 1,
  },
  {
    name: 'Observability',
    file: 'observability.jsonl',
    format: 'flatJson',
    phases: 'stated',
    kinds: ['observability', 'audit'],
    hosts: hosts('observer', 1),
    thread: 'sink',
    publishes: false,
    tickMs: 1,
  },
];

export function serviceNamed(name: string): Service {
  const service = services.find(candidate => candidate.name === name);
  if (!service) throw new Error(`no service ${name}`);
  return service;
}
