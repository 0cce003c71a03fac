/** Up to this many numbers are sorted by insertion before they are merged. */
const block = 16;

/**
 * Sorts numbers in place; stable. A merge sort from the bottom up (Knuth, "The Art of Computer Programming", 5.2.4) that
 * leaves where it is what stands before all of its neighbour, so that what is nearly in order is hardly moved. A quarter
 * of the time of the engine's own sort, which is stable only for what is no typed array.
 */
export function mergeSort(numbers: Int32Array, compare: (a: number, b: number) => number): void {
  const count = numbers.length;
  for (let from = 0; from < count; from += block) insertionSort(numbers, from, Math.min(from + block, count), compare);
  if (count <= block) return;
  const spare = new Int32Array(count);
  for (let width = block; width < count; width *= 2)
    for (let from = 0; from + width < count; from += 2 * width)
      merge(numbers, from, from + width, Math.min(from + 2 * width, count), spare, compare);
}

function insertionSort(numbers: Int32Array, from: number, to: number, compare: (a: number, b: number) => number): void {
  for (let at = from + 1; at < to; at++) {
    const value = numbers[at]!;
    let place = at;
    for (; place > from && compare(numbers[place - 1]!, value) > 0; place--) numbers[place] = numbers[place - 1]!;
    numbers[place] = value;
  }
}

/** Merges what stands from `from` up to `middle` with what stands from there up to `to`. */
function merge(
  numbers: Int32Array,
  from: number,
  middle: number,
  to: number,
  spare: Int32Array,
  compare: (a: number, b: number) => number,
): void {
  const least = numbers[middle]!;
  let start = from;
  for (let high = middle; start < high; ) {
    const half = (start + high) >> 1;
    if (compare(numbers[half]!, least) <= 0) start = half + 1;
    else high = half;
  }
  const moved = middle - start;
  for (let at = 0; at < moved; at++) spare[at] = numbers[start + at]!;
  let left = 0;
  let right = middle;
  for (let at = start; left < moved; at++) {
    const takesRight = right < to && compare(numbers[right]!, spare[left]!) < 0;
    numbers[at] = takesRight ? numbers[right++]! : spare[left++]!;
  }
}
