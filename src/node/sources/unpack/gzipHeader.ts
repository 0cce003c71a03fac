const fixedSize = 10;
const [headerCrc, extra, name, comment] = [2, 4, 8, 16];

/** Length of the gzip header (RFC 1952) that `bytes` begin with; `null` where they begin with none. */
export function lengthOfGzipHeader(bytes: Uint8Array): number | null {
  if (bytes.length < fixedSize || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return null;
  const flags = bytes[3] ?? 0;
  let at = fixedSize;
  if (flags & extra) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const text of [name, comment]) {
    if (!(flags & text)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  if (flags & headerCrc) at += 2;
  return at <= bytes.length ? at : null;
}
