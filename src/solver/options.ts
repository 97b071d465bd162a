import {
  closest,
  error,
  flag,
  integer,
  parameterProblem,
  real,
  warning,
  zeroCelsius,
  type Diagnostic,
  type ParameterTable,
} from '../base/index.js';
import type { OptionValue } from '../netlist/circuit.js';

/** Every option of `.options` that is a number. Names and defaults are those of SPICE. */
export const optionTable = {
  reltol: real(1e-3, '', 'relative tolerance of voltages, currents and residuals', '(0:1)'),
  abstol: real(1e-12, 'A', 'absolute tolerance of currents', '(0:inf)'),
  vntol: real(1e-6, 'V', 'absolute tolerance of voltages', '(0:inf)'),
  chgtol: real(1e-14, 'C', 'absolute tolerance of charges', '(0:inf)'),
  trtol: real(7, '', 'how much the error of a charge may exceed its tolerance', '[1:inf)'),
  statetol: real(1, '', 'factor on the tolerances that states declare', '(0:inf)'),
  lvltol: real(0.5, '', 'how much the error of a voltage may exceed its tolerance', '(0:inf)'),
  gmin: real(1e-12, 'S', 'conductance across junctions', '[0:inf)'),
  rshunt: real(NaN, 'Ω', 'resistance from every node to ground', '(0:inf)'),
  temp: real(27, '°C', 'circuit temperature', '(-273.15:inf)'),
  tnom: real(27, '°C', 'temperature at which model parameters were measured', '(-273.15:inf)'),
  itl1: integer(
    100,
    'iterations for an operating point; large circuits get more while that helps',
    '[1:inf)',
  ),
  itl2: integer(50, 'iterations for a point of a dc sweep', '[1:inf)'),
  itl4: integer(10, 'iterations for a timepoint', '[2:inf)'),
  maxord: integer(2, 'highest order of integration', '[1:2]'),
  gminsteps: integer(1, 'zero leaves gmin stepping out', '[0:inf)'),
  srcsteps: integer(1, 'zero leaves source stepping out', '[0:inf)'),
  ptransteps: integer(200, 'steps of the pseudo-transient; zero leaves it out', '[0:inf)'),
  minbreak: real(NaN, 's', 'breakpoints closer than this are one; default 1e-10 tmax', '[0:inf)'),
  seed: integer(1, 'seed of random numbers', '[0:4294967295]'),
  run: integer(0, 'number of the run in a Monte Carlo', '[0:4294967295]'),
  threads: integer(
    0,
    'threads that evaluate the devices of a large circuit; zero for as many as pay',
    '[0:64]',
  ),
  bypass: real(
    0.1,
    '',
    'transistors whose voltages change by less, times reltol in volts, are carried along linearly; zero evaluates all',
    '[0:inf)',
  ),
  wasm: flag(true, 'kernels in WebAssembly; zero leaves them in JavaScript'),
  noopiter: flag(false, 'go to gmin stepping at once'),
} as const satisfies ParameterTable;

/** What ngspice knows and this solver has no use for; given with a reason. */
const needless: Readonly<Record<string, string>> = {
  itl3: 'it has had no effect since SPICE 2',
  itl5: 'the number of iterations of a transient is not limited',
  itl6: 'source stepping adapts its steps',
  pivtol: 'pivots are judged relative to their column',
  pivrel: 'pivots are judged relative to their column',
  acct: 'statistics are part of every result',
  noacct: 'statistics are part of every result',
  list: 'results are datasets',
  nomod: 'results are datasets',
  node: 'results are datasets',
  opts: 'results are datasets',
  nopage: 'results are datasets',
  numdgt: 'files carry 17 digits',
  ingold: 'numbers in files have one form',
  post: 'the command line says which files are written',
  probe: 'use .save',
  savecurrents: 'save the currents by name',
  noinit: 'the operating point is always computed',
  klu: 'there is one linear solver',
  sparse: 'there is one linear solver',
  trytocompact: 'there are no transmission lines yet',
  xmu: 'the trapezoidal rule is used undamped',
  interp: 'use --interpolate',
  autostop: 'runs go to their end',
  warn: 'warnings are part of every result',
  cptime: 'abort the run instead',
  // HSPICE
  accurate: 'set reltol instead',
  runlvl: 'set reltol instead',
  lvltim: 'steps follow the truncation error',
  fast: 'set reltol instead',
  brief: 'results are datasets',
  co: 'results are datasets',
  measdgt: 'files carry 17 digits',
  measform: 'measures are written as JSON',
  measout: 'measures are written as JSON',
  captab: 'results are datasets',
  statfl: 'statistics are part of every result',
  nowarn: 'warnings are part of every result',
  parhier: 'parameters of an inner level hide those of outer ones',
  dcon: 'homotopies are chosen as needed',
  converge: 'homotopies are chosen as needed',
  dccap: 'capacitances are always computed',
  // LTspice
  plotwinsize: 'results are not compressed',
  thread: 'threads says how many evaluate devices',
};

export type IntegrationName = 'trapezoidal' | 'gear' | 'trbdf2';

/** Options as the solver uses them: temperatures in kelvin, everything else as in the table. */
export type SolverOptions = {
  readonly [K in keyof typeof optionTable]: number;
} & { readonly method: IntegrationName };

const methods: Readonly<Record<string, IntegrationName>> = {
  trap: 'trapezoidal',
  trapezoidal: 'trapezoidal',
  gear: 'gear',
  gear2: 'gear',
  bdf2: 'gear',
  trbdf2: 'trbdf2',
  'tr-bdf2': 'trbdf2',
};

/** The options without any `.options` card. */
export function defaultOptions(): SolverOptions {
  return withKelvin(defaults(), 'trapezoidal');
}

/** Binds `.options`. Unknown names give warnings, values out of range errors. */
export function bindOptions(
  given: ReadonlyMap<string, OptionValue>,
  diagnostics: Diagnostic[],
): SolverOptions {
  const values = defaults();
  let method: IntegrationName = 'trapezoidal';
  for (const [name, option] of given) {
    if (name === 'method') method = methodOf(option, diagnostics) ?? method;
    else if (name === 'gshunt') bindShunt(values, option, diagnostics);
    else if (name in optionTable) {
      bindNumber(values, name as keyof typeof optionTable, option, diagnostics);
    } else diagnostics.push(unknownOption(name, option));
  }
  return withKelvin(values, method);
}

type Values = { -readonly [K in keyof typeof optionTable]: number };

function defaults(): Values {
  const entries = Object.entries(optionTable).map(([name, entry]) => [name, entry.default]);
  return Object.fromEntries(entries) as Values;
}

function withKelvin(values: Values, method: IntegrationName): SolverOptions {
  return {
    ...values,
    temp: values.temp + zeroCelsius,
    tnom: values.tnom + zeroCelsius,
    method,
  };
}

function bindNumber(
  values: Values,
  name: keyof typeof optionTable,
  option: OptionValue,
  diagnostics: Diagnostic[],
): void {
  const entry = optionTable[name];
  const problem =
    typeof option.value === 'string' ? 'must be a number' : parameterProblem(entry, option.value);
  if (problem !== undefined) {
    diagnostics.push(
      error('S101', `option '${name}' ${problem}`, option.span, { label: entry.doc }),
    );
  } else values[name] = option.value as number;
}

function bindShunt(values: Values, option: OptionValue, diagnostics: Diagnostic[]): void {
  if (typeof option.value === 'number' && option.value >= 0) {
    if (option.value > 0) values.rshunt = 1 / option.value;
  } else
    diagnostics.push(
      error('S101', `option 'gshunt' must be a conductance in siemens`, option.span),
    );
}

function methodOf(option: OptionValue, diagnostics: Diagnostic[]): IntegrationName | undefined {
  const method = methods[String(option.value).toLowerCase()];
  if (method === undefined) {
    const help = [
      'method=trap (trapezoidal rule), method=gear (Gear 2) and method=trbdf2 are known',
    ];
    diagnostics.push(
      error('S102', `unknown integration method '${option.value}'`, option.span, { help }),
    );
  }
  return method;
}

function unknownOption(name: string, option: OptionValue): Diagnostic {
  const reason = needless[name];
  if (reason !== undefined) {
    return {
      severity: 'note',
      code: 'S104',
      message: `option '${name}' is not needed: ${reason}`,
      span: option.span,
    };
  }
  const near = closest(name, [...Object.keys(optionTable), 'method', 'gshunt']);
  const help = near === undefined ? [] : [`did you mean '${near}'?`];
  return warning('S103', `unknown option '${name}' has no effect`, option.span, { help });
}
