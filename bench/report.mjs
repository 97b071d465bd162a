// The table of a benchmark.

const columns = [
  ['case', 20],
  ['simulator', 9],
  ['points', 8],
  ['reject', 7],
  ['iter', 8],
  ['factor', 8],
  ['refact', 8],
  ['user s', 8],
  ['setup', 7],
  ['op', 7],
  ['tran', 8],
  ['eval', 7],
  ['factor', 7],
  ['solve', 7],
  ['rest', 7],
  ['ratio', 7],
  ['check', 8],
];

export function heading() {
  return row(columns.map(([name]) => name));
}

/** A line for each simulator. */
export function caseLines({ name, ours, ngspice, ratio, check }) {
  const lines = [line(name, 'oxspice', ours, ratio, check)];
  if (ngspice) lines.push(line('', 'ngspice', ngspice));
  return lines;
}

function line(name, simulator, of, ratio, check) {
  if (of.failure !== undefined) return `${row([name, simulator])}  ${of.failure}`;
  const { seconds = {}, parts = {} } = of;
  const setup = seconds.netlist === undefined ? undefined : seconds.netlist + seconds.system;
  const named = Object.values(parts).reduce((sum, part) => sum + part, 0);
  const rest = seconds.transient === undefined ? undefined : seconds.transient - named;
  const counts = [of.points, of.rejected, of.iterations, of.factorizations, of.refactorizations];
  const times = [of.userSeconds, setup, seconds.operatingPoint, seconds.transient];
  times.push(parts.evaluate, parts.factor, parts.solve, rest);
  return row([
    name,
    simulator,
    ...counts.map((count) => count ?? ''),
    ...times.map((time) => time?.toFixed(2) ?? ''),
    ratio?.toFixed(2) ?? '',
    check ? `${check.equal ? 'equal' : 'DIFFERS'} ${check.note}` : '',
  ]);
}

function row(cells) {
  return cells
    .map((cell, k) =>
      k < 2 ? String(cell).padEnd(columns[k][1]) : String(cell).padStart(columns[k][1]),
    )
    .join(' ')
    .trimEnd();
}
