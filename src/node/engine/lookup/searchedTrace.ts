import { heading } from '../../../common/export/traceDocument';
import type { SearchedTrace } from '../../../common/query/findSteps';
import type { HeldTrace } from '../heldTraces';

/** A held trace, to look for steps in: what a step is called, what it says of itself, and what its records say. */
export function searchedTrace({ trace, rows }: HeldTrace): SearchedTrace {
  return {
    ...heading(trace),
    rows,
    texts: index => {
      const { stepId, stepType, service, host, messageId, input, attributes, records } = trace.steps[index]!;
      const own = [rows[index]!.label, service, stepType, stepId, host, messageId, input];
      return [
        ...own.filter(text => text !== null),
        ...Object.entries(attributes).flat(),
        ...records.map(record => trace.records[record]!.message),
      ];
    },
  };
}
