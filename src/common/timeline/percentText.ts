/** `69 %`, `99.9 %`, `less than 1 %`: never 0 % or 100 % of what is neither nothing nor all. */
export function percentText(share: number): string {
  if (share > 0 && share < 0.005) return 'less than 1 %';
  return share > 0.99 && share < 1 ? `${Math.floor(share * 1000) / 10} %` : `${Math.round(share * 100)} %`;
}
