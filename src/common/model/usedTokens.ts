/** What a model used, as far as the logs say; `null` is not known, which is not nothing. */
export interface UsedTokens {
  tokens: number | null;
  cost: number | null;
}

export const nothingUsed: UsedTokens = { tokens: null, cost: null };

export const usedTogether = (a: UsedTokens, b: UsedTokens): UsedTokens => ({
  tokens: sumOf(a.tokens, b.tokens),
  cost: sumOf(a.cost, b.cost),
});

export const sumOf = (a: number | null, b: number | null): number | null => (b === null ? a : roundCost((a ?? 0) + b));

/** Sums of prices such as 0.1 + 0.2 without their binary tails. */
export const roundCost = (value: number): number => Number(value.toFixed(9));
