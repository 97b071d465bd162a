/**
 * What the SPICE dialects write alike and mean differently. A parsed tree always means what ngspice
 * means by it: the parser translates. `docs/reference/dialects.md` is made from this table.
 */
export interface Dialect {
  readonly name: DialectName;
  /** `log(x)`. */
  readonly logarithm: 'natural' | 'base 10';
  /** `a^b`. */
  readonly caret: 'power' | 'exclusive or';
  /** `a**b` of a negative base: of its magnitude, or of itself as in C. */
  readonly power: 'of magnitude' | 'real';
  /** `pow(a,b)` of a negative base. */
  readonly pow: 'of magnitude in B elements' | 'real' | 'whole exponent';
  /** `pwr(a,b)` of a negative base. */
  readonly pwr: 'signed in B elements' | 'of magnitude' | 'real' | 'signed';
  /** Whether `1x` is 10⁶. */
  readonly x: 'a unit' | 'mega';
  /** What `4k7` is. */
  readonly infix: 'an error' | 'a decimal point';
  /** What starts a comment inside a line, beside `;`. */
  readonly comments: readonly ('$' | '//')[];
  /** What a single time on `.tran` is: an error, or the stop time. */
  readonly lonelyTime: 'an error' | 'stop time';
  /** What a step of 0 on `.tran` is: an error, or the simulator's choice. */
  readonly zeroStep: 'an error' | 'any step';
  /** What a time `+1n` of a `pwl` counts from. */
  readonly signedTime: 'absolute' | 'relative';
  /** Where this stands. */
  readonly source: string;
}

export const dialectNames = ['ngspice', 'xyce', 'pspice', 'hspice', 'ltspice'] as const;
export type DialectName = (typeof dialectNames)[number];

export const dialects: Readonly<Record<DialectName, Dialect>> = {
  ngspice: {
    name: 'ngspice',
    logarithm: 'natural',
    caret: 'power',
    power: 'of magnitude',
    pow: 'of magnitude in B elements',
    pwr: 'signed in B elements',
    x: 'a unit',
    infix: 'an error',
    comments: ['$', '//'],
    lonelyTime: 'an error',
    zeroStep: 'an error',
    signedTime: 'absolute',
    source: 'ngspice 39, run to see',
  },
  xyce: {
    name: 'xyce',
    logarithm: 'base 10',
    caret: 'exclusive or',
    power: 'real',
    pow: 'real',
    pwr: 'real',
    x: 'mega',
    infix: 'an error',
    comments: [],
    lonelyTime: 'an error',
    zeroStep: 'any step',
    signedTime: 'absolute',
    source: 'Xyce Reference Guide: operators, arithmetic functions, scale factors',
  },
  pspice: {
    name: 'pspice',
    logarithm: 'natural',
    caret: 'exclusive or',
    power: 'real',
    pow: 'real',
    pwr: 'of magnitude',
    x: 'a unit',
    infix: 'an error',
    comments: [],
    lonelyTime: 'an error',
    zeroStep: 'any step',
    signedTime: 'relative',
    source: "PSpice User's Guide 17.4, tables 3-3 (operators) and 3-4 (functions)",
  },
  hspice: {
    name: 'hspice',
    logarithm: 'natural',
    caret: 'power',
    power: 'real',
    pow: 'whole exponent',
    pwr: 'signed',
    x: 'mega',
    infix: 'an error',
    comments: ['$'],
    lonelyTime: 'an error',
    zeroStep: 'an error',
    signedTime: 'absolute',
    source:
      "Ansys Circuit's built-in functions (HSPICE language) for log and pwr; the rest by common report",
  },
  ltspice: {
    name: 'ltspice',
    logarithm: 'natural',
    caret: 'exclusive or',
    power: 'real',
    pow: 'real',
    pwr: 'of magnitude',
    x: 'a unit',
    infix: 'a decimal point',
    comments: [],
    lonelyTime: 'stop time',
    zeroStep: 'any step',
    signedTime: 'relative',
    source: 'LTspice Help: B device, V source, .param, .tran',
  },
};

export const ngspice = dialects.ngspice;

/** How a dialect's function is called in the tree, where that differs. */
export function translatedName(name: string, dialect: Dialect): string {
  if (name === 'log' && dialect.logarithm === 'base 10') return 'log10';
  if (name === 'pow') return powNames[dialect.pow];
  if (name === 'pwr') return pwrNames[dialect.pwr];
  return name;
}

const powNames: Readonly<Record<Dialect['pow'], string>> = {
  'of magnitude in B elements': 'pow',
  real: 'rpow',
  'whole exponent': 'ipow',
};

const pwrNames: Readonly<Record<Dialect['pwr'], string>> = {
  'signed in B elements': 'pwr',
  'of magnitude': 'apow',
  real: 'rpow',
  signed: 'pwrs',
};

/** A number as the tree's dialect writes it. */
export function translatedNumber(text: string, { x, infix }: Dialect): string {
  if (infix === 'a decimal point') {
    return text.replace(/^([+-]?\d+)(meg|[tgkmunpf])(\d+)$/i, '$1.$3$2');
  }
  return x === 'mega' ? text.replace(/^([+-]?[\d.]+(?:e[+-]?\d+)?)x/i, '$1meg') : text;
}
