/** Up to this many values an insertion sort is done before the engine's own has set itself up (V8: 1.4 KB a call). */
const few = 10;

/** Sorts a list in place that is mostly short; stable. For the many small lists of a trace: sides, children, branches. */
export function sortFew<Value>(list: Value[], compare: (a: Value, b: Value) => number): Value[] {
  if (list.length > few) return list.sort(compare);
  for (let at = 1; at < list.length; at++) {
    const value = list[at]!;
    let place = at;
    for (; place > 0 && compare(list[place - 1]!, value) > 0; place--) list[place] = list[place - 1]!;
    list[place] = value;
  }
  return list;
}
