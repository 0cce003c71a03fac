import { counted } from '../base/counted';
import type { TraceDocument } from '../protocol/documents';
import { visibleText } from './visibleText';

type Used = Pick<TraceDocument, 'tokens' | 'cost'>;

/** `1,841 tokens, cost 0.0123`; `null` where the logs state neither. The logs name no currency. */
export function usageText({ tokens, cost }: Used): string | null {
  const parts = [tokens === null ? [] : counted(tokens, 'token'), cost === null ? [] : `cost ${costText(cost)}`].flat();
  return parts.length === 0 ? null : parts.join(', ');
}

/** The logs' number is shown as it is. */
export const costMeaning = 'as logged, currency unknown';

/** The same for where there is room: what the number of the cost is. */
export function explainedUsage(used: Used): string | null {
  const text = usageText(used);
  return text === null || used.cost === null ? text : `${text} (${costMeaning})`;
}

/** One line a model, and what was left out because it says the same again. */
export function usageLines({ models, usageRepeats }: Pick<TraceDocument, 'models' | 'usageRepeats'>): string[] {
  const lines = models.map(({ model, calls, ...used }) => {
    const name = model === null ? 'model not named' : visibleText(model);
    return `${name}: ${[counted(calls, 'call'), usageText(used)].filter(part => part !== null).join(', ')}`;
  });
  if (usageRepeats > 0) {
    const verb = { one: 'repeats or sums up', many: 'repeat or sum up' };
    lines.push(`${counted(usageRepeats, 'statement', verb)} what is counted here`);
  }
  return lines;
}

/** Enough digits for the price of a single call. */
export const costText = (cost: number): string => cost.toLocaleString('en', { maximumSignificantDigits: 4 });
