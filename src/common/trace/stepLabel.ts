const longest = 80;

/** What a step is called: its type, else the first words that it logged, else its ID. */
export function stepLabel(
  step: { stepType: string | null; stepId: string | null; key: string },
  firstMessage: string | undefined,
): string {
  if (step.stepType) return step.stepType;
  const line = firstMessage?.trim().split('\n', 1)[0]?.trim();
  if (line) return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
  return step.stepId ?? step.key;
}
