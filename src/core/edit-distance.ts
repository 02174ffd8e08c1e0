/** How many letters have to be changed, added, left out or swapped with the next one to make `b` of `a`. */
export function editDistance(a: string, b: string): number {
  const [from, to] = [[...a], [...b]];
  let [before, last]: [number[], number[]] = [[], Array.from({ length: from.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= to.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= from.length; at += 1) {
      const same = from[at - 1] === to[row - 1];
      const swapped = at > 1 && row > 1 && from[at - 1] === to[row - 2] && from[at - 2] === to[row - 1];
      next[at] = Math.min(
        (last[at] ?? 0) + 1,
        (next[at - 1] ?? 0) + 1,
        (last[at - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[at - 2] ?? 0) + 1 : Infinity,
      );
    }
    [before, last] = [last, next];
  }
  return last[from.length] ?? 0;
}
