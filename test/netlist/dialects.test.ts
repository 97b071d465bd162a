import { describe, expect, it } from 'vitest';
import { dialectNames, type DialectName } from '../../src/expression/index.js';
import { parseNetlist, printNetlist } from '../../src/netlist/index.js';
import { circuitOf, instance, parameter } from './circuit-of.js';

/** The resistance of `r1 a 0 {text}` in a dialect. */
function resistance(text: string, dialect: DialectName): number | undefined {
  const circuit = circuitOf(`title\nr1 a 0 {${text}}\n`, { dialect });
  return parameter(circuit, 'r1', 'r');
}

/** What the table of docs/reference/dialects.md says, as numbers worked out by hand. */
const table: readonly (readonly [string, Readonly<Record<DialectName, number>>])[] = [
  ['log(100)*2.302585092994046/log10(100)', byName(Math.log(10) ** 2, Math.log(10))],
  ['10+(2^3)', { ngspice: 18, hspice: 18, xyce: 10, pspice: 10, ltspice: 10 }],
  ['10+(2^0)', { ngspice: 11, hspice: 11, xyce: 11, pspice: 11, ltspice: 11 }],
  ['10+(0-2)**3', byName(18, 2, { pspice: 2, hspice: 2, ltspice: 2 })],
  // `^` as exclusive or is weaker than a comparison and stronger than `||`.
  ['1 < 2 ^ 0 > 1', { ngspice: 0, hspice: 0, xyce: 1, pspice: 1, ltspice: 1 }],
  ['10+pow(0-2,3)', byName(2, 2)],
  ['10+pow(2,1.5)', byName(10 + 2 ** 1.5, 10 + 2 ** 1.5, { hspice: 12 })],
  ['10+pwr(0-2,3)', byName(18, 2, { hspice: 2 })],
  ['1x', byName(1, 1e6, { hspice: 1e6 })],
];

/** One value for all but Xyce, and exceptions. */
function byName(
  usual: number,
  xyce: number,
  others: Partial<Record<DialectName, number>> = {},
): Record<DialectName, number> {
  return { ngspice: usual, pspice: usual, hspice: usual, ltspice: usual, xyce, ...others };
}

describe('dialects', () => {
  describe.each(dialectNames)('%s', (dialect) => {
    it.each(table)('%s', (text, expected) => {
      expect(resistance(text, dialect)).toBeCloseTo(expected[dialect], 9);
    });

    // A comment hides what is wrong behind it.
    it.each([
      [';', dialectNames],
      ['$', ['ngspice', 'hspice']],
      ['//', ['ngspice']],
    ] as const)('comments begin with %s in some', (mark, names: readonly string[]) => {
      const { circuit } = parseNetlist(`title\nr1 a 0 1 ${mark} (what is this)\n`, { dialect });
      expect(circuit !== undefined).toBe(names.includes(dialect));
    });

    it('is named by .options, and the command line overrides it', () => {
      const deck = `title\n.options dialect=${dialect} reltol=1e-4\nr1 a 0 {10+2^3}\n`;
      const value = (circuit: ReturnType<typeof circuitOf>) => parameter(circuit, 'r1', 'r');
      expect(value(circuitOf(deck))).toBe(resistance('10+2^3', dialect));
      expect(value(circuitOf(deck, { dialect: 'ngspice' }))).toBe(18);
      expect([...circuitOf(deck).options.keys()]).toEqual(['reltol']);
    });

    it('prints as a deck of ngspice', () => {
      const deck = parseNetlist('title\nr1 a 0 {10+log(2)**2+pow(3,2)+2^1}\nv1 a 0 1x', {
        dialect,
      });
      const again = circuitOf(printNetlist(deck.deck));
      const value = deck.circuit && parameter(deck.circuit, 'r1', 'r');
      expect(parameter(again, 'r1', 'r')).toBe(value);
      expect(instance(again, 'v1').source?.dc).toBe(deck.circuit?.instances[1].source?.dc);
    });
  });

  it('is that of the including file, unless a file has its own', () => {
    const files: Record<string, string> = {
      plain: 'r1 a 0 {log(100)}\n',
      own: '.options dialect=ngspice\nr2 a 0 {log(100)}\n',
    };
    const reader = (name: string) => ({ name, text: files[name] });
    const deck = 'title\n.options dialect=xyce\n.include plain\n.include own\nr3 a 0 {log(100)}\n';
    const circuit = circuitOf(deck, { reader });
    const values = ['r1', 'r2', 'r3'].map((name) => parameter(circuit, name, 'r'));
    expect(values).toEqual([2, Math.log(100), 2]);
  });

  it.each(['4k7', '{4K7}'])('%s is 4.7 kΩ in LTspice', (text) => {
    const circuit = circuitOf(`title\nr1 a 0 ${text}`, { dialect: 'ltspice' });
    expect(parameter(circuit, 'r1', 'r')).toBe(4700);
    expect(parseNetlist(`title\nr1 a 0 ${text}`).circuit).toBeUndefined();
  });

  it('counts in B elements too', () => {
    const circuit = circuitOf('title\nv1 a 0 1\nb1 b 0 v=v(a)**3\nb2 b 0 v=v(a)^1\nr1 b 0 1', {
      dialect: 'xyce',
    });
    const kinds = ['b1', 'b2'].map((name) => {
      const { equations } = instance(circuit, name).definition;
      return equations.kind === 'behavioural' && equations.expression.kind === 'binary'
        ? equations.expression.operator
        : '';
    });
    // An odd power keeps the sign of its base: v·v².
    expect(kinds).toEqual(['*', '!=']);
  });
});

describe('times of .tran', () => {
  it.each([
    ['ltspice', '.tran 10m', [1e-4, 1e-2]],
    ['ltspice', '.tran 0 10m 0 1u', [1e-4, 1e-2, 0, 1e-6]],
    ['xyce', '.tran 0 10m', [1e-4, 1e-2]],
    ['pspice', '.tran 0 {2*5m}', [1e-4, 1e-2]],
    ['ngspice', '.tran 0 10m', [0, 1e-2]],
    ['ngspice', '.tran 10m', [1e-2]],
  ] as const)('%s: %s', (dialect, card, expected) => {
    const { analyses } = circuitOf(`title\nr1 a 0 1\n${card}`, { dialect });
    const values = analyses[0].arguments.map(({ value }) => value);
    expect(values.length).toBe(expected.length);
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 12);
    });
  });
});

describe("Xyce's memristor", () => {
  const deck = (rest: string) =>
    `title\nYMEMRISTOR MR1 a 0 mrm\n.model mrm memristor level=2 ${rest}\nv1 a 0 1\n`;

  it('is TEAM, with the parameter names and defaults of Xyce', () => {
    const { definition, card, nodes } = instance(circuitOf(deck('wt=4 roff=2k')), 'ymemristor!mr1');
    expect(definition.name).toBe('team');
    expect(nodes).toEqual([1, 0]);
    // N_DEV_MemristorTEAM.C: RON 50, WC 1.07e-12.
    const expected = { ron: 50, roff: 2e3, wc: 1.07e-12, s0: 0, window: 4 };
    expect(Object.fromEntries(card?.parameters ?? [])).toEqual(expected);
  });

  it('prints to an equal deck', () => {
    const circuit = circuitOf(printNetlist(parseNetlist(deck('wt=4')).deck));
    expect(instance(circuit, 'ymemristor!mr1').definition.name).toBe('team');
  });

  it.each(['yacc a1 b 0', 'ymemristor', 'y'])('%s is refused', (card) => {
    expect(parseNetlist(`title\n${card}\n`).circuit).toBeUndefined();
  });
});

describe('options of other simulators', () => {
  const options = (...cards: readonly string[]) => {
    const { circuit, diagnostics } = parseNetlist(['title', 'r1 a 0 1', ...cards].join('\n'));
    return { set: Object.fromEntries(circuit?.options ?? []), diagnostics };
  };

  it.each([
    ['.options timeint reltol=1e-4 method=8', { reltol: 1e-4, method: 'gear' }],
    ['.options device temp=50 gmin=1e-13', { temp: 50, gmin: 1e-13 }],
    ['.options nonlin-tran maxstep=30', { itl4: 30 }],
    ['.option relv=1e-5 absi=1e-13', { reltol: 1e-5, abstol: 1e-13 }],
  ])('%s', (card, expected) => {
    const { set, diagnostics } = options(card);
    const values = Object.entries(set).map(([name, { value }]) => [name, value]);
    expect(Object.fromEntries(values)).toEqual(expected);
    expect(diagnostics).toEqual([]);
  });

  it('are noted once for a card where they mean nothing here', () => {
    const { set, diagnostics } = options('.options linsol type=klu tr_partition=0');
    expect(set).toEqual({});
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['N505 note']);
    expect(diagnostics[0].notes).toEqual(['type', 'tr_partition']);
  });
});
