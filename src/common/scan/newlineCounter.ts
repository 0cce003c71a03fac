const newline = 0x0a;

/** Number of line feeds in `bytes[start, end)`: the lines that end there. */
export function countNewlines(bytes: Uint8Array, start = 0, end = bytes.length): number {
  const range = bytes.subarray(start, end);
  let count = 0;
  for (let at = range.indexOf(newline); at >= 0; at = range.indexOf(newline, at + 1)) count++;
  return count;
}
