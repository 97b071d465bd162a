// Fewer points of a transient, so that straight lines between them stay close to all of it.

/**
 * Indices of the points kept: from each kept point the longest line is drawn that no column leaves
 * by more than its tolerance. `columns` and `tolerances` in one order, `x` ascending.
 */
export function thinned(x, columns, tolerances) {
  const kept = [0];
  let from = 0;
  while (from < x.length - 1) {
    let to = from + 1;
    // The cone of slopes through all points since `from`, by column.
    const cones = columns.map(() => [-Infinity, Infinity]);
    for (let next = from + 1; next < x.length && fits(next); next++) to = next;
    kept.push(to);
    from = to;

    function fits(next) {
      const width = x[next] - x[from];
      if (width <= 0) return next === from + 1;
      const inside = columns.every((y, c) => {
        const slope = (y[next] - y[from]) / width;
        return slope >= cones[c][0] && slope <= cones[c][1];
      });
      columns.forEach((y, c) => {
        const low = (y[next] - tolerances[c] - y[from]) / width;
        const high = (y[next] + tolerances[c] - y[from]) / width;
        cones[c] = [Math.max(cones[c][0], low), Math.min(cones[c][1], high)];
      });
      return inside;
    }
  }
  return kept;
}
