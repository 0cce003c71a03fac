type Column = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** A column with room for index `at`: itself, or a copy of twice its size. */
export function grown<Values extends Column>(column: Values, at: number): Values {
  if (at < column.length) return column;
  const larger = new (column.constructor as new (length: number) => Values)(Math.max(2 * column.length, at + 1));
  larger.set(column);
  return larger;
}
