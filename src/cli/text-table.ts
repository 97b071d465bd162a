/** Rows as aligned text; columns that hold numbers with units read better to the right. */
export function textTable(
  rows: readonly (readonly string[])[],
  alignRight: readonly boolean[] = [],
): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, c) => (widths[c] = Math.max(widths[c] ?? 0, cell.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, c) => (alignRight[c] ? cell.padStart(widths[c]) : cell.padEnd(widths[c])))
      .join('  ')
      .trimEnd();
  return rows.map((row) => `  ${line(row)}\n`).join('');
}
