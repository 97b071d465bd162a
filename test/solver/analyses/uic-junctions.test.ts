import { describe, expect, test } from 'vitest';
import { simulate } from '../../../src/solver/index.js';
import { interpolate } from '../../../src/waveform/index.js';

// At t = 0 the charge of the junction is that of 0 V, and the step that finds the currents there is a
// tenth of a picosecond: the last bit of a charge is then ten picoamperes.
const deck = (volts: number, tran: string) => `junction that starts without an operating point
v1 s 0 dc ${String(volts)}
r1 s a 1k
d1 a 0 dx
.model dx d(is=0.5648p rs=3.723 cjo=8.972n tt=357.3n)
.tran ${tran} uic
.end
`;

describe('a transient with uic and a diode', () => {
  test.each([
    [-3.06, '1u 1m'],
    [3.06, '1u 1m'],
    [-0.5, '1u 1m'],
    [-3.06, '1n 1u'],
  ])('starts at %d V with .tran %s', async (volts, tran) => {
    const { diagnostics, analyses } = await simulate(deck(volts, tran));
    expect(diagnostics).toEqual([]);
    expect(analyses[0].completed).toBe(true);
    // The source sees the series resistances alone: the junction holds its 0 V.
    const { dataset } = analyses[0];
    expect(dataset.get('i(v1)')!.real[0]).toBeCloseTo(-volts / 1003.723, 8);
  });

  test('charges as in ngspice', async () => {
    const { analyses } = await simulate(deck(-3.06, '10n 100u'));
    const [v] = interpolate(analyses[0].dataset.waveform('v(a)')!, Float64Array.of(10e-6));
    // ngspice 39 with reltol=1e-6 and steps of 10 ns: -2.518312 V
    expect(v).toBeCloseTo(-2.518312, 3);
  });
});

describe('a transient with uic and transistors with ic=', () => {
  const cards = [
    ['vdd vdd 0 5', 'rd vdd d 10k', 'rg g 0 100k', 'm1 d g 0 0 nm w=10u l=1u ic=2,1.5,0'],
    ['cg g 0 1f', 'cl d 0 1f', 'rc vdd c 10k', 'rb b 0 100k', 'q1 c b 0 qm ic=0.6,3'],
    ['rj vdd jd 10k', 'rjg jg 0 100k', 'j1 jd jg 0 jm ic=2,-0.5'],
    ['.model nm nmos vto=0.7 kp=100u cgso=1n cgdo=1n tox=20n cbd=1p'],
    ['.model qm npn cje=2p cjc=1p tf=1n', '.model jm njf cgs=2p cgd=1p'],
  ];
  const upsideDown = [
    ['v1 e 0 5', 're e s 1k', 'm1 0 g s s pm w=20u l=1u ic=-2,-1.5', 'rg g 0 100k'],
    ['q1 0 b s2 qp ic=-0.6,-3', 'rb b 0 100k', 'r2 e s2 1k'],
    ['.model pm pmos vto=-0.7 kp=100u cgso=1n cgdo=1n tox=20n rd=100 rs=50'],
    ['.model qp pnp cje=2p cjc=1p tf=1n rb=100 rc=20'],
  ];
  // ngspice 39 with reltol=1e-6 and steps of 20 ps, 5 ns and 20 ns after the start. Resistances of
  // the transistors lie between their terminals and where their charges are.
  test.each([
    [
      'their sources on ground',
      cards,
      [
        ['v(d)', 3.737611, 4.970328],
        ['v(g)', 0.588938, 0.035974],
        ['v(c)', 3.900839, 4.095788],
        ['v(b)', 0.711508, 0.710307],
        ['v(jd)', 2.376666, 2.376552],
        ['v(jg)', -0.399717, -0.373812],
      ],
    ],
    [
      'their drains on ground',
      upsideDown,
      [
        ['v(s)', 2.670278, 2.43323],
        ['v(g)', 0.327797, 0.00278],
        ['v(s2)', 4.50943, 4.250998],
        ['v(b)', 3.751309, 3.481649],
      ],
    ],
  ] as const)('starts them there, with %s', async (_, lines, expected) => {
    const text = ['title', ...lines.flat(), '.options reltol=1e-5', '.tran 0.1n 20n uic', '.end'];
    const { diagnostics, analyses } = await simulate(text.join('\n'));
    expect(diagnostics).toEqual([]);
    for (const [name, early, late] of expected) {
      const waveform = analyses[0].dataset.waveform(name)!;
      const [atEarly, atLate] = interpolate(waveform, Float64Array.of(5e-9, 2e-8));
      expect(Math.abs(atEarly - early)).toBeLessThan(5e-4);
      expect(Math.abs(atLate - late)).toBeLessThan(5e-4);
    }
  });
});
