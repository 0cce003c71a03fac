interface Numbered {
  key: string;
  depth: number;
  previousSteps: readonly { key: string; meaning: 'follows' | 'encloses' }[];
}

/** A run of numbers at one depth: `''` for 1, 2, 3; `4a.` for 4a, 4a.2, 4a.3. */
interface Sequence {
  parent: Sequence | null;
  prefix: string;
  last: number;
  /** Branches that share the number `last` so far. */
  branches: number;
}

/** Of steps that have been numbered before: they are asked for wherever a step is named. */
const known = new WeakMap<readonly Numbered[], ReadonlyMap<string, string>>();

/**
 * The numbers a person uses, for steps in row order: 1, 2, 3 for a series, 4a and 4b for the branches of a fork, 4a.2
 * for the next step of a branch, 2.1 for what step 2 encloses.
 */
export function stepNumbers(steps: readonly Numbered[]): ReadonlyMap<string, string> {
  const numbers = known.get(steps) ?? numbered(steps);
  known.set(steps, numbers);
  return numbers;
}

function numbered(steps: readonly Numbered[]): Map<string, string> {
  const numbers = new Map<string, string>();
  const sequenceOf = new Map<string, Sequence>();
  const inside = new Map<string, Sequence>();
  const current: Sequence[] = [{ parent: null, prefix: '', last: 0, branches: 0 }];

  for (const step of steps) {
    const encloser = step.previousSteps.find(({ key, meaning }) => meaning === 'encloses' && numbers.has(key))?.key;
    let sequence = encloser === undefined ? current[step.depth] : inside.get(encloser);
    if (encloser !== undefined && !sequence) {
      sequence = { parent: sequenceOf.get(encloser)!, prefix: `${numbers.get(encloser)}.`, last: 0, branches: 0 };
      inside.set(encloser, sequence);
    }
    const goesOn =
      encloser !== undefined ||
      step.depth === 0 ||
      step.previousSteps.some(({ key }) => sequence && isWithin(sequenceOf.get(key), sequence));
    if (goesOn && sequence) {
      sequence.last++;
      sequence.branches = 0;
      numbers.set(step.key, `${sequence.prefix}${sequence.last}`);
    } else {
      const fork = current[step.depth - 1] ?? current[0]!;
      if (fork.branches === 0) fork.last++;
      const number = `${fork.prefix}${fork.last}${letters(fork.branches++)}`;
      sequence = { parent: fork, prefix: `${number}.`, last: 1, branches: 0 };
      numbers.set(step.key, number);
    }
    sequenceOf.set(step.key, sequence);
    current.length = step.depth;
    current[step.depth] = sequence;
  }
  return numbers;
}

function isWithin(sequence: Sequence | undefined, outer: Sequence): boolean {
  for (let here: Sequence | null | undefined = sequence; here; here = here.parent) if (here === outer) return true;
  return false;
}

/** 0 → a, 25 → z, 26 → aa. */
function letters(index: number): string {
  let text = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  }
  return text;
}
