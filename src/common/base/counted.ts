/** `1 trace`, `2 traces`, `1,002 records`; `verb` is put in the number too: `1 record holds`, `2 records hold`. */
export function counted(count: number, noun: string, verb?: { one: string; many: string }): string {
  const what = `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
  return verb ? `${what} ${count === 1 ? verb.one : verb.many}` : what;
}
