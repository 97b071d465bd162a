import { describe, expect, it } from 'vitest';
import { type Source } from '../../src/base/index.js';
import type { DialectName } from '../../src/expression/index.js';
import { type ParseOptions, parseNetlist } from '../../src/netlist/index.js';
import { circuitOf, instance } from './circuit-of.js';

const files: Readonly<Record<string, string>> = {
  'Ramp.csv': 'time,v(in)\n0,0\n1m,2\n',
  'lines.txt': '* recorded\n0 0 1m\t1\r\n# more\n3m -1 ; last\n',
  'relative.txt': '0 0\n+1m 1\n+1m 0\n',
};

function reader(path: string): Source | undefined {
  return path in files ? { name: path, text: files[path] } : undefined;
}

/** The points of the source `v1`, found by asking for each corner. */
function pointsOf(card: string, dialect: DialectName = 'ngspice', until = 10e-3): number[][] {
  const options: ParseOptions = { dialect, reader };
  const circuit = circuitOf(`title\n.param half=0.5m\n${card}\nr1 a 0 1\n.op`, options);
  const transient = instance(circuit, 'v1').source?.transient;
  if (!transient) throw new Error('a function of time is expected');
  const scale = { step: 1e-6, stop: 10e-3 };
  const points = [[0, transient.value(0, scale)]];
  for (let t = 0; ;) {
    t = transient.nextBreakpoint(t, scale);
    if (!(t <= until)) return points;
    points.push([t, transient.value(t, scale)]);
  }
}

describe('points in a file', () => {
  const ramp = [
    [0, 0],
    [1e-3, 2],
  ];

  // Spellings of PSpice (file, FILE="…"), LTspice (file=), Xyce (FILE "…") and HSPICE (pwlfile=).
  it.each([
    'pwl(file="Ramp.csv")',
    'pwl(file=Ramp.csv)',
    'pwl file=Ramp.csv',
    'PWL FILE "Ramp.csv"',
    'pwl (FILE "Ramp.csv")',
    "pwl pwlfile='Ramp.csv'",
    "pwl(file 'Ramp.csv')",
    'dc 0 pwl(file="Ramp.csv") ac 1',
  ])('v1 a 0 %s', (text) => {
    expect(pointsOf(`v1 a 0 ${text}`)).toEqual(ramp);
  });

  it('have comments, blanks, tabs and several pairs in a line', () => {
    const expected = [
      [0, 0],
      [1e-3, 1],
      [3e-3, -1],
    ];
    expect(pointsOf('v1 a 0 pwl(file=lines.txt)')).toEqual(expected);
  });

  it('may be delayed and repeated', () => {
    const points = pointsOf('v1 a 0 pwl(file=Ramp.csv) td=1m r=0', 'ngspice', 2.5e-3);
    expect(points.map(([t]) => t)).toEqual([0, 1e-3, 2e-3]);
    expect(points.map(([, v]) => v)).toEqual([0, 0, 2]);
  });

  it('may be scaled: by the parameters of PSpice and LTspice', () => {
    const card = 'v1 a 0 pwl time_scale_factor=2 value_scale_factor={2*half/1m} file=Ramp.csv';
    expect(pointsOf(card)).toEqual([
      [0, 0],
      [2e-3, 2],
    ]);
  });

  it('count from the time before them where they have a sign, in PSpice and LTspice only', () => {
    const times = (dialect: DialectName) =>
      pointsOf('v1 a 0 pwl(file=relative.txt)', dialect).map(([t]) => t);
    expect(times('ltspice')).toEqual([0, 1e-3, 2e-3]);
    expect(times('pspice')).toEqual([0, 1e-3, 2e-3]);
    expect(times('xyce')).toEqual([0, 1e-3]);
  });
});

describe('what other simulators have for pwl', () => {
  it('pairs in parentheses', () => {
    const expected = [
      [0, 0],
      [1e-3, 5],
      [2e-3, 1],
    ];
    expect(pointsOf('v1 a 0 pwl (0,0) (1m,5) (2m,1)')).toEqual(expected);
    expect(pointsOf('v1 a 0 pwl((0,0) (1m,5) (2m,1)) ac 1')).toEqual(expected);
  });

  it('relative times, also of parameters', () => {
    const times = pointsOf('v1 a 0 pwl({half} 0 +1m 5 +1m 1)', 'ltspice').map(([t]) => t);
    expect(times).toEqual([0, 0.5e-3, 1.5e-3, 2.5e-3]);
  });

  it('blocks that are repeated so many times', () => {
    // Times of the block count from the point before it: 1m.
    expect(pointsOf('v1 a 0 pwl 0 0 1m 1 repeat for 2 (1m 3 2m 1) endrepeat 5m 0')).toEqual([
      [0, 0],
      [1e-3, 1],
      [2e-3, 3],
      [3e-3, 1],
      [4e-3, 3],
      [5e-3, 1],
    ]);
  });

  it('blocks that are repeated for ever', () => {
    const points = pointsOf('v1 a 0 pwl repeat forever (0 0 1m 1 2m 0) endrepeat');
    // To rounding: a time is folded into the block.
    points.forEach(([, v], k) => {
      expect(v).toBeCloseTo(k % 2, 12);
    });
    expect(points).toHaveLength(11);
  });
});

describe('what is wrong with a file', () => {
  it.each([
    ['pwl(file="ramp.csv")', 'N203'],
    ['pwl(file=)', 'N401'],
    ['pwl(file)', 'N307'],
  ])('%s', (text, code) => {
    const { diagnostics } = parseNetlist(`title\nv1 a 0 ${text}\nr1 a 0 1\n.op`, { reader });
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
  });
});
