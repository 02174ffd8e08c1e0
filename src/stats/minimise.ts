/** Where a function of a few numbers is least, without its derivatives. */

/**
 * Nelder & Mead's simplex (1965, "A Simplex Method for Function Minimization"), with their coefficients.
 * @param start the first corner; the others lie `step` from it, one in each direction
 */
export function minimise(
  of: (at: readonly number[]) => number,
  start: readonly number[],
  step = 0.5,
): number[] {
  const corner = (at: number[]) => ({ at, value: of(at) });
  const corners = [
    corner([...start]),
    ...start.map((_, n) => corner(start.map((x, m) => (m === n ? x + step : x)))),
  ];
  const size = start.length;
  for (let round = 0; round < 120 * size; round += 1) {
    corners.sort((a, b) => a.value - b.value);
    const [best, worst, second] = [corners[0], corners[size], corners[size - 1]];
    if (!best || !worst || !second || worst.value - best.value < 1e-6 * (Math.abs(best.value) + 1e-6)) break;
    const middle = start.map(
      (_, n) => corners.slice(0, size).reduce((sum, { at }) => sum + (at[n] ?? 0), 0) / size,
    );
    const along = (part: number) => corner(middle.map((x, n) => x + part * ((worst.at[n] ?? 0) - x)));
    const mirrored = along(-1);
    if (mirrored.value < best.value) {
      const further = along(-2);
      corners[size] = further.value < mirrored.value ? further : mirrored;
    } else if (mirrored.value < second.value) {
      corners[size] = mirrored;
    } else {
      const nearer = mirrored.value < worst.value ? along(-0.5) : along(0.5);
      if (nearer.value < Math.min(worst.value, mirrored.value)) corners[size] = nearer;
      else
        for (let n = 1; n <= size; n += 1)
          corners[n] = corner((corners[n]?.at ?? []).map((x, m) => (x + (best.at[m] ?? 0)) / 2));
    }
  }
  return corners.sort((a, b) => a.value - b.value)[0]?.at ?? [...start];
}
