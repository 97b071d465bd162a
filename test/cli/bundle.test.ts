import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalog } from '../../src/devices/index.js';
import { folderWith } from './captured-terminal.js';

const root = resolve(import.meta.dirname, '../..');
/** Within the package: the program looks for its version above itself. */
const folder = join(root, `dist.test-${process.pid}`);

beforeAll(async () => {
  const script = pathToFileURL(join(root, 'scripts/bundle.mjs')).href;
  const { bundle } = (await import(script)) as { bundle: (to: string) => Promise<void> };
  await bundle(folder);
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function oxspice(...args: string[]): string {
  const env = { ...process.env, OXSPICE_CACHE: 'off' };
  const options = { encoding: 'utf8', stdio: 'pipe', env } as const;
  return execFileSync(process.execPath, [join(folder, 'main.js'), ...args], options);
}

describe('the bundled command line', () => {
  test('starts', () => {
    expect(oxspice('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(oxspice('models').split('\n').length).toBeGreaterThan(catalog.length);
  });

  test('trains networks in threads, with the data that come with the package', () => {
    const experiment = `{
  "title": "small", "trainer": "online-gradient", "seeds": 2,
  "settings": { "data": "iris", "training": 90, "test": 60, "samples": 90 }
}`;
    const path = folderWith({ 'small.json': experiment });
    const out = oxspice('train', join(path, 'small.json'), '-o', path, '--threads', '2');
    // A chance of one in three would be 67 %.
    expect(out).toMatch(/ error +% +2 +[1-4]?\d(\.\d+)? /);
  });

  test('starts itself again in threads', () => {
    const deck = `many runs
.param r=agauss(1k,10,1)
V1 a 0 1
R1 a b {r}
R2 b 0 1k
.op
.meas op vb find v(b)
.end
`;
    const path = join(folderWith({ 'deck.cir': deck }), 'deck.cir');
    const out = oxspice('run', path, '--mc', '4', '--threads', '2');
    // 1 V halved by 1 kΩ and 1 kΩ ± 1 %.
    expect(out).toMatch(/vb +4 +(49\d\.\d|50\d\.\d) mV/);
  });

  test('imports modules of its users, and packages', () => {
    const text = `export const conductor = {
  name: 'conductor', title: '', terminals: ['p', 'n'], internal: [], parameters: {}, instance: {},
  aliases: {}, inputs: {}, states: {}, held: {}, references: [], conservesCharge: false,
  equations: { kind: 'analog', uses: {}, analog: ({ V, I }, {}) => { I('p', 'n', V('p', 'n')); } },
};\n`;
    const models = folderWith({ 'own.mjs': text });
    expect(oxspice('lint-model', join(models, 'own.mjs'))).toBe('conductor: in order\n');
    const deck = folderWith({ 'deck.cir': 'rc\nV1 a 0 1\nR1 a 0 1k\n.dc V1 0 1 0.5\n.end\n' });
    oxspice('run', join(deck, 'deck.cir'), '--plot', '--plot-format', 'png');
    const png = readFileSync(join(deck, 'deck.out', 'deck.dc.png'));
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
  });

  test('still reads device models from their source', () => {
    const deck = `a diode, a transistor, a memristor and a switch
.model d d(is=1e-14)
.model n nmos(vto=0.5 kp=100u)
.model t team(ron=100 roff=200k)
.model s sw(vt=0.5)
V1 a 0 1
R1 a d 1k
D1 d 0 d
R2 a e 10k
M1 e a 0 0 n w=10u l=1u
R3 a f 100
N1 f 0 t s0=0
R4 a g 1k
S1 g 0 a 0 s
.op
.ac lin 1 1k 1k
.print ac 1/v(a)
.end
`;
    const out = oxspice('run', join(folderWith({ 'deck.cir': deck }), 'deck.cir'), '--plot');
    const value = (name: string): number =>
      Number(new RegExp(`v\\(${name}\\)\\s+([\\d.]+)`).exec(out)?.[1]);
    // Diode: 1 − v = 1 kΩ·1e-14·(exp(v/25.865 mV) − 1) at 27 °C; solved below.
    expect(value('d')).toBeCloseTo(diodeVoltage() * 1e3, 0);
    // The memristor in its on state is 100 Ω: half of 1 V, in mV.
    expect(value('f')).toBeCloseTo(500, 6);
    // The closed switch is 1 Ω: 1 V/1001, in µV.
    expect(value('g')).toBeCloseTo(999, 0);
  });
});

/** v with (1 V − v)/1 kΩ = 1e-14 A·(exp(v/vt) − 1) + gmin·v, by bisection. */
function diodeVoltage(): number {
  const vt = (1.38064852e-23 * 300.15) / 1.6021766208e-19;
  let [low, high] = [0, 1];
  for (let k = 0; k < 60; k++) {
    const v = (low + high) / 2;
    if ((1 - v) / 1e3 > 1e-14 * Math.expm1(v / vt) + 1e-12 * v) low = v;
    else high = v;
  }
  return low;
}
