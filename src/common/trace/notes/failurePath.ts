import { encloserOf, type StepDraft } from '../steps/stepDraft';

/** How a failure travelled: from the step where it began outwards, through each that contains it and failed, too. */
export function failurePath(origin: StepDraft | null): StepDraft[] {
  const path: StepDraft[] = [];
  for (let step = origin; step?.releasing?.status === 'failed'; step = encloserOf(step)) path.push(step);
  return path;
}
