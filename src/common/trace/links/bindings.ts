import { float64Column, int32Column, uint8Column } from '../columns';
import type { StepDraft } from '../steps/stepDraft';
import type { Binding } from './binding';

const gaps: readonly Binding['gap'][] = ['wait', 'idle', 'elapsed', null];

/** The bindings of all steps as columns, by the steps' index: an object for each would outweigh what it says. */
export class Bindings {
  /** The index of the previous step that a step had to wait for, or −1. */
  readonly to: Int32Array;
  readonly releasedAt: Float64Array;
  private readonly gaps: Uint8Array;
  private readonly steps: readonly StepDraft[];

  /** @param steps all, each at its index */
  constructor(steps: readonly StepDraft[]) {
    this.steps = steps;
    this.to = int32Column(steps.length).fill(-1);
    this.releasedAt = float64Column(steps.length);
    this.gaps = uint8Column(steps.length);
  }

  set(step: number, { to, releasedAt, gap }: Binding): void {
    this.to[step] = to.index;
    this.releasedAt[step] = releasedAt;
    this.gaps[step] = gaps.indexOf(gap);
  }

  at(step: number): Binding | null {
    const to = this.steps[this.to[step]!];
    return to ? { to, releasedAt: this.releasedAt[step]!, gap: this.gapAt(step) } : null;
  }

  /** `null` as well where there is no binding. */
  gapAt(step: number): Binding['gap'] {
    return this.to[step] === -1 ? null : gaps[this.gaps[step]!]!;
  }
}
