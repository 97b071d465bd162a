/** The pages of docs/reference, made from the program's own tables. */
import { resolve } from 'node:path';
import { format } from 'prettier';
import type { ParameterTable } from '../src/base/index.js';
import { commands } from '../src/cli/command-line.js';
import { defaultOf, elementForm } from '../src/cli/commands/models.js';
import { exitCodes } from '../src/cli/exit-codes.js';
import { catalog, type CatalogEntry } from '../src/devices/index.js';
import { analysisVariables, type Dialect, dialects, functions } from '../src/expression/index.js';
import { errorTable } from '../src/waveform/measures/compare-signals.js';
import { edgeTable } from '../src/waveform/measures/edges.js';
import { measures } from '../src/waveform/measures/index.js';
import { pulseTable } from '../src/waveform/measures/on-intervals.js';
import { analyses, optionTable } from '../src/solver/index.js';
import { diagnosticCodes } from './diagnostic-codes.js';

const root = resolve(import.meta.dirname, '..');
const note = '<!-- Written by `npm run docs` from the tables in src/; do not edit. -->';

/** File names and contents. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  const pages = {
    'command-line.md': commandLinePage(),
    'analyses.md': analysesPage(),
    'options.md': optionsPage(),
    'models.md': modelsPage(),
    'measures.md': measuresPage(),
    'functions.md': functionsPage(),
    'dialects.md': dialectsPage(),
    'diagnostics.md': diagnosticsPage(),
  };
  const formatted = new Map<string, string>();
  for (const [name, text] of Object.entries(pages)) {
    const whole = `${note}\n\n${text}`;
    formatted.set(name, await format(whole, { parser: 'markdown', printWidth: 100 }));
  }
  return formatted;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

function commandLinePage(): string {
  const sections = commands.map(({ name, positionals, describe, options }) => {
    const rows = Object.entries(options).map(([option, { alias, describe: text }]) => [
      code(`--${option}`) + (typeof alias === 'string' ? `, ${code(`-${alias}`)}` : ''),
      (text ?? '').replaceAll('<', '\\<'),
    ]);
    const list = rows.length === 0 ? '' : `\n\n${table(['option', 'meaning'], rows)}`;
    return `## \`oxspice ${name} ${positionals}\`\n\n${describe}.${list}`;
  });
  const codes = Object.values(exitCodes).map(({ code: exit, doc }) => [String(exit), doc]);
  return `# Command line\n\n${sections.join('\n\n')}\n\n## Exit codes\n\n${table(['code', 'meaning'], codes)}\n`;
}

/** What is asked of each dialect, as a reader asks it. */
const ambiguities: readonly (readonly [string, (dialect: Dialect) => string])[] = [
  ['`log(x)`', ({ logarithm }) => logarithm],
  ['`a^b`', ({ caret }) => caret],
  ['`a**b` where a < 0', ({ power }) => power],
  ['`pow(a,b)` where a < 0', ({ pow }) => pow],
  ['`pwr(a,b)` where a < 0', ({ pwr }) => pwr],
  ['`1x`', ({ x }) => (x === 'mega' ? '10⁶' : '1, and a unit')],
  ['`4k7`', ({ infix }) => infix],
  ['comments in a line', ({ comments }) => [';', ...comments].map(code).join(' ')],
  ['`.tran 10m`', ({ lonelyTime }) => lonelyTime],
  ['`.tran 0 10m`', ({ zeroStep }) => zeroStep],
  ['`+1n` as a time of `pwl`', ({ signedTime }) => signedTime],
];

function dialectsPage(): string {
  const all = Object.values(dialects);
  const rows = ambiguities.map(([question, answer]) => [question, ...all.map(answer)]);
  const sources = all.map(({ name, source }) => `- ${name}: ${source}`);
  return [
    '# Dialects',
    'What is written alike and means different things is decided by `--dialect` on the command line, ' +
      'or by `.options dialect=…` in the deck (an included file may have its own); ngspice where ' +
      'nothing is said. What a dialect writes differently is understood in every dialect: ' +
      '`.step` and `.meas` of Xyce, PSpice and LTspice, `params:`, `.lib file section`, ' +
      "`{…}` and `'…'`, `IF`, `TABLE`, `LIMIT`, `PWRS`, `SDT`.",
    table(['', ...all.map(({ name }) => name)], rows),
    'Of magnitude: |a|ᵇ. Real: as in C; where b is not a whole number, |a|ᵇ in B elements. Signed: ' +
      '|a|ᵇ with the sign of a. In ngspice `pow` and `pwr` change their meanings between parameters ' +
      'and B elements (see [functions](functions.md)).',
    'Everywhere: names and suffixes do not tell cases apart; `m` is 10⁻³ and `meg` 10⁶; the first ' +
      'line is the title; `*` starts a line of comment; powers group from the left and bind ' +
      'stronger than a sign before them (-2**2 is -4).',
    'Where this is known from:',
    sources.join('\n'),
  ].join('\n\n');
}

function analysesPage(): string {
  const rows = analyses.map(({ usage, title }) => [code(usage), title]);
  return `# Analyses\n\n${table(['card', 'meaning'], rows)}\n`;
}

function parameterRows(parameters: ParameterTable): string[][] {
  return Object.entries(parameters).map(([name, parameter]) => [
    code(name),
    defaultOf(parameter),
    code(parameter.range.text),
    parameter.doc,
  ]);
}

const parameterHead = ['name', 'default', 'range', 'meaning'];

function optionsPage(): string {
  return `# Options

Set by \`.options name=value\`. Beside these there is \`method=trap\` (trapezoidal rule, the default) or \`method=gear\` (Gear 2), and \`gshunt=…\`, which is \`rshunt\` as a conductance.

${table(parameterHead, parameterRows(optionTable))}
`;
}

function modelsPage(): string {
  const overview = catalog.map((entry) => [
    `[${entry.definition.name}](#${entry.definition.name})`,
    code(elementForm(entry)),
    entry.definition.title,
  ]);
  return `# Device models

\`oxspice models <name>\` prints the same.

${table(['model', 'element', 'title'], overview)}

${catalog.map(modelSection).join('\n\n')}
`;
}

function modelSection({ definition, cards }: CatalogEntry): string {
  const parts = [`## ${definition.name}`, `${definition.title}.`];
  const types = cards.map(({ type }) => code(`.model <card> ${type}(…)`));
  if (types.length > 0) parts.push(`Card: ${types.join(' or ')}.`);
  const own = parameterRows(definition.parameters);
  if (own.length > 0)
    parts.push(
      types.length > 0 ? 'On the card or the element:' : 'On the element:',
      table(parameterHead, own),
    );
  const instance = parameterRows(definition.instance);
  if (instance.length > 0) parts.push('On the element:', table(parameterHead, instance));
  const states = Object.entries(definition.states).map(([name, { unit, doc }]) => [
    code(name),
    unit,
    doc,
  ]);
  if (states.length > 0) parts.push('States:', table(['name', 'unit', 'meaning'], states));
  const aliases = Object.entries(definition.aliases).map(([a, b]) => `${code(a)} = ${code(b)}`);
  if (aliases.length > 0) parts.push(`Other names: ${aliases.join(', ')}.`);
  return parts.join('\n\n');
}

function measuresPage(): string {
  const rows = measures.map(({ usage, title, aliases = [] }) => [
    code(usage),
    title + (aliases.length > 0 ? ` (also ${aliases.map(code).join(', ')})` : ''),
  ]);
  const settings = Object.entries({ ...edgeTable, ...pulseTable, ...errorTable }).map(
    ([name, parameter]) => [code(name), defaultOf(parameter), parameter.doc],
  );
  return `# Measures

Cards of \`.meas\` (\`.measure\`), for \`tran\`, \`ac\`, \`dc\` and \`op\`.

${table(['card', 'meaning'], rows)}

Windows are given by \`from=\` and \`to=\`, or by \`trig …\` and \`targ …\` behind the signal. A level may be a number, another signal, or an expression of other measures. \`default_val=\` gives a measure that fails a value; \`atleast=\` and \`atmost=\` say which values pass in many runs (yield).

${table(['setting', 'default', 'meaning'], settings)}
`;
}

function functionsPage(): string {
  const rows = Object.entries(functions)
    .filter(([, { later }]) => later === undefined)
    .map(([name, { arity, doc }]) => [code(name), arityText(arity), doc]);
  const variables = Object.entries(analysisVariables).map(([name, doc]) => [code(name), doc]);
  return `# Functions

In \`.param\`, \`{…}\`, B elements and \`.print\`.

${table(['function', 'arguments', 'meaning'], rows)}

In B elements only:

${table(['name', 'meaning'], variables)}

In \`.print\` also the parts of complex results: \`mag(x)\`, \`db(x)\`, \`ph(x)\` [rad], \`re(x)\`, \`im(x)\`, and for voltages and currents \`vm(out)\`, \`vdb(out)\`, \`vp(out)\`, \`vr(out)\`, \`vi(out)\`, \`vg(out)\` (group delay).

Over the scale: \`deriv(x)\`, \`integ(x)\`, \`avg(x)\` (mean from the first point on), \`gd(x)\` (group delay [s]), \`cph(x)\` (continuous phase [rad]); in \`--plot\` and \`.meas\` \`fft(x)\`, the spectrum of a transient.
`;
}

function arityText([least, most]: readonly [number, number]): string {
  if (least === most) return String(least);
  return most === Infinity ? `${least} or more` : `${least} to ${most}`;
}

const speakers: readonly (readonly [string, string])[] = [
  ['N', 'Netlist'],
  ['E', 'Expressions'],
  ['M', 'Modelling language'],
  ['W', 'Waveforms and their files'],
  ['S', 'Solver'],
  ['A', 'Networks and characteristics'],
  ['C', 'Command line'],
];

function diagnosticsPage(): string {
  const codes = [...diagnosticCodes(resolve(root, 'src'))];
  const sections = speakers.map(([letter, title]) => {
    const items = codes
      .filter(([name]) => name.startsWith(letter))
      .map(([name, messages]) => `- ${code(name)} ${messages.join('; ')}`);
    return `## ${title}\n\n${items.join('\n')}`;
  });
  return `# Diagnostics\n\nEvery message has a code. \`…\` stands for what changes.\n\n${sections.join('\n\n')}\n`;
}
