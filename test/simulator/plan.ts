import { type Ending, type Stage, type Step, tailsOf } from './model.ts';
import type { SimulationOptions } from './options.ts';
import type { Random } from './random.ts';
import { type Kind, type Service, services } from './services.ts';

const stepTypes: Record<Exclude<Kind, 'tool'>, string> = {
  request: 'API Request',
  context: 'Context Management',
  llm: 'LLM Inference',
  result: 'Result',
  observability: 'Observability',
  audit: 'Audit',
};

const tools = 'search fetch sql browse calculator weather translate mail calendar vision code maps'.split(' ');

/** Branches of one fan-out never share a type: a second start of one type after a failure would be an attempt. */
function toolType(first: number, index: number): string {
  const round = Math.floor(index / tools.length);
  return `Tool: ${tools[(first + index) % tools.length]}${round ? `-${round + 1}` : ''}`;
}

export interface Plan {
  readonly stages: readonly Stage[];
  readonly ending: Ending;
}

/** Draws the structure of one trace. Every "not here" below keeps the logs unambiguous under design §3. */
export function planTrace(random: Random, options: SimulationOptions): Plan {
  const kinds = pipeline(random);
  const ending = random.chance(options.failureShare) ? 'failed' : random.chance(options.lostShare) ? 'lost' : 'result';
  const stop = ending === 'result' ? kinds.length - 1 : random.int(1, kinds.length - (ending === 'lost' ? 2 : 1));
  const stages: Stage[] = [];
  for (const [index, kind] of kinds.slice(0, stop + 1).entries()) {
    stages.push(planStage(random, options, kind, stages.at(-1), index === stop ? ending : null));
  }
  return { stages, ending };
}

function pipeline(random: Random): Kind[] {
  const kinds: Kind[] = ['request', 'context', 'llm', 'context'];
  for (let round = random.pick([0, 1, 1, 1, 2, 2, 3]); round > 0; round--) {
    kinds.push('tool', 'context');
    if (round > 1) kinds.push('llm', 'context');
  }
  return [...kinds, 'result'];
}

function planStage(
  random: Random,
  options: SimulationOptions,
  kind: Kind,
  before: Stage | undefined,
  ending: Ending | null,
): Stage {
  const width = kind !== 'tool' || ending === 'lost' || random.chance(0.3) ? 1 : random.int(1, options.maxFanOut);
  const parallel = width > 1;
  const handled = kind === 'tool' && !ending && random.chance(options.handledFailureShare);
  const failing = ending === 'failed' ? width - 1 : handled ? random.int(0, width - 1) : -1;
  const joinNamesOne = parallel && !ending && random.chance(options.joinNamesOneShare);
  const firstTool = random.int(0, tools.length - 1);

  const chains = Array.from({ length: width }, (_, c) => {
    const previous = tailsOf(before);
    const outcome = c === failing ? 'failed' : ending === 'lost' ? 'lost' : 'ok';
    const service = pickService(random, options, kind, ({ phases }) => {
      if (outcome === 'lost') return phases === 'start+end';
      // A start-only branch says neither that it failed nor when it ended.
      if (phases === 'start') return outcome !== 'failed' && !joinNamesOne && ending !== 'failed';
      // An end-only step seems to start at its previous step's last stamp: so it must come first among parallel
      // ones, a duplicate must not add later stamps, and a fan-in that names one branch must log its own start.
      if (phases === 'end') return c === 0 && !before?.joinNamesOne && !previous.some(isDuplicated);
      return true;
    });
    // Of parallel steps only the last to start may start again, so that first and releasing starts agree in order.
    const again = service.phases === 'start+end' && c === width - 1 && outcome !== 'lost' && isWork(kind);
    const redelivery = !again || !random.chance(options.retryShare) ? null : outcome;
    const head = newStep(random, options, {
      stepType: kind === 'tool' ? toolType(firstTool, c) : stepTypes[kind],
      kind,
      service,
      previous,
      outcome,
      redelivery:
        redelivery === 'failed'
          ? 'exhausted'
          : redelivery && random.pick(['crash', 'failedFirst', 'duplicate'] as const),
    });
    // A branch that the fan-in does not name must have no follower.
    const long = parallel && !ending && !joinNamesOne && outcome === 'ok' && random.chance(options.chainShare);
    return long ? [head, planSecond(random, options, head, toolType(firstTool, width + c))] : [head];
  });

  const only = parallel ? undefined : chains[0]?.[0];
  if (only && ending !== 'lost') planSide(random, options, only);
  return { chains, joinNamesOne };
}

function planSecond(random: Random, options: SimulationOptions, head: Step, stepType: string): Step {
  const service = pickService(random, options, 'tool', ({ phases }) => phases !== 'end' || !isDuplicated(head));
  return newStep(random, options, {
    stepType,
    kind: 'tool',
    service,
    previous: [head],
    outcome: 'ok',
    redelivery: null,
  });
}

function planSide(random: Random, options: SimulationOptions, step: Step): void {
  const kind = step.kind === 'result' ? 'audit' : 'observability';
  const share = { llm: options.sideShare, tool: options.sideShare / 2, result: options.sideShare / 5 };
  if (!(step.kind in share) || !random.chance(share[step.kind as keyof typeof share])) return;
  const service = pickService(random, options, kind, () => true);
  const stepType = stepTypes[kind];
  step.sides.push(
    newStep(random, options, { stepType, kind, service, previous: [step], outcome: 'ok', redelivery: null }),
  );
}

function newStep(
  random: Random,
  options: SimulationOptions,
  step: Pick<Step, 'stepType' | 'kind' | 'service' | 'previous' | 'outcome' | 'redelivery'>,
): Step {
  return {
    stepId: `s-${random.hex(10)}`,
    messageId: `msg-${random.hex(12)}`,
    ...step,
    sides: [],
    external: (step.kind === 'llm' || step.kind === 'tool') && random.chance(options.externalShare),
    runs: [],
    named: step.previous,
    handoff: null,
  };
}

function pickService(
  random: Random,
  options: SimulationOptions,
  kind: Kind,
  accepts: (service: Service) => boolean,
): Service {
  const takesPart = ({ name }: Service) => !options.services || options.services.includes(name);
  return random.pick(
    services.filter(service => service.kinds.includes(kind) && takesPart(service) && accepts(service)),
  );
}

const isDuplicated = (step: Step) => step.redelivery === 'duplicate';
const isWork = (kind: Kind) => kind === 'context' || kind === 'llm' || kind === 'tool';
