// What a comparison found, as lines of a terminal and as a page.

const widths = [44, 8, 7, 7, 9, 9, 11];

export function headerLine() {
  return row(['deck', 'analysis', 'points', 'signals', 'error', 'ngspice', 'rule', 'result']);
}

/** A record's lines. @param {import('./comparison-ledger.mjs').ComparisonLedger} record */
export function recordLines({ name, lines, limit }) {
  if (!lines) return [`${name}: not finished in ${limit} s`];
  return lines.map((line) => {
    if (line.problem) return `${name}: ${line.problem}`;
    return row([name, line.kind, ...figuresOf(line), line.rule, verdictOf(line)]);
  });
}

/** How many analyses agree, and what there is besides. */
export function summaryOf(records, left) {
  const lines = records.flatMap(({ lines }) => lines ?? []);
  const count = (test) => lines.filter(test).length;
  const late = records.filter(({ lines }) => !lines).length;
  const beyond = count(({ passed, problem }) => !passed && !problem);
  const failed = count(({ problem }) => problem);
  const parts = [
    `${records.length} decks, ${lines.length} analyses`,
    `${count(({ passed }) => passed)} within their limits, ${beyond} beyond`,
    `${failed} failed`,
    `${late} decks not finished`,
    `${left.length} decks not compared`,
  ];
  return { text: parts.join('; '), passed: beyond + failed === 0 };
}

/** A table in Markdown, and what is not in it. */
export function pageOf(records, left) {
  const cells = records.flatMap(({ name, lines, limit }) =>
    (lines ?? [{ problem: `not finished in ${limit} s` }]).map((line) =>
      line.problem
        ? [name, '', '', '', '', '', '', line.problem.split('\n')[0]]
        : [name, line.kind, ...figuresOf(line), line.rule, verdictOf(line)],
    ),
  );
  const head = ['deck', 'analysis', 'points', 'signals', 'error', 'ngspice', 'rule', 'result'];
  const table = [head, head.map(() => '---'), ...cells];
  const notCompared = left.map(({ name }) => `\`${name}\``).join(', ');
  return [
    summaryOf(records, left).text,
    '',
    ...table.map((line) => `| ${line.join(' | ')} |`),
    '',
    `Not compared, because ngspice lacks what they use: ${notCompared}.`,
    '',
  ].join('\n');
}

function figuresOf({ points, signals, error, ngspice }) {
  return [String(points), String(signals), figure(error), figure(ngspice)];
}

/** JSON has no infinity: it comes back as null. */
function figure(value) {
  return value === null ? 'infinite' : value.toExponential(1);
}

function verdictOf({ passed, signal }) {
  return passed ? 'ok' : `FAILS at ${signal}`;
}

function row(columns) {
  const [name, kind, points, signals, error, loose, rule, verdict] = columns;
  const right = [points, signals, error, loose].map((word, k) => word.padStart(widths[k + 2]));
  return [name.padEnd(widths[0]), kind.padEnd(widths[1]), ...right, ` ${rule.padEnd(11)}`, verdict]
    .join(' ')
    .trimEnd();
}
