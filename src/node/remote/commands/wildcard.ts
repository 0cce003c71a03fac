/** Whether a name fits one with `*` and `?`. Takes linear time for each `*`. */
export function fits(wild: string, name: string): boolean {
  let [at, from] = [0, 0];
  let star = -1;
  let restart = 0;
  while (at < name.length) {
    const token = wild[from];
    if (token === '*') {
      star = from++;
      restart = at;
    } else if (token === '?' || token === name[at]) {
      from++;
      at++;
    } else if (star >= 0) {
      from = star + 1;
      at = ++restart;
    } else return false;
  }
  return /^\**$/.test(wild.slice(from));
}

export const isWild = (name: string): boolean => /[*?]/.test(name);
