/**
 * A step's number where there is little room: of a deep one its last levels, `…2b.2`.
 *
 * @param longest number of characters
 */
export function shortNumber(number: string, longest = 7): string {
  if (number.length <= longest) return number;
  const tail = number.slice(1 - longest);
  return `…${tail.slice(tail.indexOf('.') + 1)}`;
}
