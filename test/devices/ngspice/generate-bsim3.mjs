// Writes the decks bsim3-*.cir of this folder: transistors with the cards of circuits/models, and
// with random cards that go through the options. `regenerate.mjs` runs them in ngspice.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;

/** Cards of a library as [name, type, 'key=value …']. */
function libraryCards(file) {
  const text = readFileSync(join(folder, '../../../circuits/models', file), 'utf8');
  const joined = text.replaceAll(/^\*.*\n/gm, '').replaceAll(/\n\+/g, ' ');
  return joined
    .split('\n')
    .filter((line) => line.startsWith('.model'))
    .map((line) => {
      const [, name, type, ...rest] = line.split(/\s+/);
      return { name, type, values: Object.fromEntries(rest.map((word) => word.split('='))) };
    });
}

/** Mulberry32: the decks are the same each time. */
function randomStream(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** What a random card chooses from: [lowest, highest], or a list. */
const spans = {
  tox: [3e-9, 1e-8],
  toxm: [4e-9, 8e-9],
  vth0: [0.3, 0.6],
  k1: [0.4, 0.7],
  k2: [-0.05, 0.02],
  k3: [-3, 20],
  k3b: [-2, 2],
  w0: [0, 2e-6],
  nlx: [0, 2e-7],
  dvt0: [0, 9],
  dvt1: [0.4, 1],
  dvt2: [-0.1, 0.05],
  dvt0w: [-0.5, 0.5],
  dvt1w: [1e5, 6e6],
  dvt2w: [-0.05, 0.05],
  eta0: [0, 0.3],
  etab: [-0.1, 0.02],
  dsub: [0.4, 1],
  nch: [1e17, 8e17],
  ngate: [0, 0, 1e20, 5e20],
  nsub: [2e16, 9e16],
  gamma1: [0.3, 0.6],
  gamma2: [0.1, 0.3],
  vbm: [-5, -2],
  xt: [1e-7, 2e-7],
  xj: [5e-8, 2e-7],
  voff: [-0.15, -0.04],
  nfactor: [0.7, 1.8],
  cit: [-1e-4, 5e-4],
  cdsc: [0, 5e-4],
  cdscb: [-1e-4, 1e-4],
  cdscd: [0, 1e-4],
  u0: [0.02, 0.06],
  ua: [-1e-9, 3e-9],
  ub: [1e-19, 4e-18],
  uc: [-8e-11, 5e-11],
  vsat: [6e4, 1.5e5],
  a0: [0.5, 2.2],
  ags: [-0.1, 0.4],
  a1: [-0.05, 0, 0.1],
  a2: [0.4, 1, 0.9],
  b0: [-1e-8, 1e-7],
  b1: [0, 1e-7],
  keta: [-0.1, 0.05],
  delta: [0.005, 0.03],
  pclm: [0.05, 2.5],
  pdiblc1: [0, 0.4],
  pdiblc2: [1e-5, 0.01],
  pdiblcb: [-0.2, 0.2],
  drout: [0.02, 0.8],
  pscbe1: [3e8, 9e8],
  pscbe2: [0, 1e-9, 1e-5],
  pvag: [-0.3, 0.5],
  alpha0: [0, 1e-7, 1e-6],
  alpha1: [0, 0.5],
  beta0: [15, 30],
  rdsw: [0, 400],
  prwg: [-0.1, 0.2],
  prwb: [-0.2, 0.2],
  wr: [0.9, 1.1],
  dwg: [-1e-8, 1e-8],
  dwb: [-1e-8, 1e-8],
  kt1: [-0.4, -0.1],
  kt1l: [-1e-8, 1e-8],
  kt2: [-0.05, 0.05],
  ute: [-2, -1],
  ua1: [-1e-9, 4e-9],
  ub1: [-8e-18, 1e-19],
  uc1: [-1e-10, 0],
  at: [1e4, 6e4],
  prt: [0, 50],
  cgso: [1e-10, 4e-10],
  cgdo: [1e-10, 4e-10],
  cgbo: [0, 1e-10],
  cgsl: [0, 3e-10],
  cgdl: [0, 3e-10],
  ckappa: [0.4, 3],
  cf: [5e-11, 2e-10],
  clc: [0, 2e-7],
  cle: [0.5, 1],
  vfbcv: [-1.1, -0.8],
  acde: [0.5, 1.5],
  moin: [6, 24],
  noff: [0.8, 2],
  voffcv: [-0.2, 0.2],
  lint: [0, 3e-8],
  wint: [-1e-8, 3e-8],
  ll: [-1e-15, 1e-15],
  lw: [-1e-15, 1e-15],
  lwl: [-1e-22, 1e-22],
  wl: [-1e-15, 1e-15],
  ww: [-1e-15, 1e-15],
  wwl: [-1e-22, 1e-22],
  dlc: [0, 4e-8],
  dwc: [0, 3e-8],
  xl: [-1e-8, 1e-8],
  xw: [-1e-8, 1e-8],
  js: [1e-8, 1e-4],
  jsw: [0, 1e-11],
  nj: [1, 1.1],
  xti: [2, 4],
  ijth: [0, 1e-5, 0.1],
  cj: [5e-4, 4e-3],
  mj: [0.3, 0.6],
  pb: [0.6, 1.1],
  cjsw: [1e-10, 9e-10],
  mjsw: [0.2, 0.5],
  pbsw: [0.6, 1.1],
  cjswg: [1e-10, 9e-10],
  mjswg: [0.2, 0.5],
  pbswg: [0.6, 1.1],
  tcj: [-1e-3, 1e-3],
  tpb: [-1e-3, 2e-3],
  tcjsw: [-1e-3, 1e-3],
  tpbsw: [-1e-3, 2e-3],
  tcjswg: [-1e-3, 1e-3],
  tpbswg: [-1e-3, 2e-3],
  tnom: [20, 35],
};
/** Those that are not binned. */
const plain =
  /^(tox|toxm|l|w|ll|lw|lwl|wl|ww|wwl|lint|wint|dlc|dwc|xl|xw|cg[sdb]o|js|jsw|nj|xti|ijth|c?[mp]?[jb](sw|swg)?|t.*)$/;

const digits = (value) => Number(value.toPrecision(5)).toString();

function randomCard(random, number) {
  const choose = (list) => list[Math.floor(random() * list.length)];
  const draw = ([low, high, ...more]) =>
    more.length > 0 ? choose([low, high, ...more]) : low + (high - low) * random();
  const type = number % 2 === 0 ? 'nmos' : 'pmos';
  const values = {
    level: choose([8, 49]),
    version: '3.3.0',
    mobmod: 1 + (number % 3),
    capmod: number % 4,
    xpart: choose([0, 0.5, 1]),
    binunit: choose([1, 2]),
    acm: choose([0, 0, 1, 2, 3, 12, 13]),
  };
  const size = values.binunit === 1 ? 1 : 1e-6;
  for (const [name, span] of Object.entries(spans)) {
    if (random() < 0.25) continue;
    let value = draw(span);
    if (name === 'vth0' && type === 'pmos') value = -value;
    if (name === 'uc' && values.mobmod === 3) value *= 1e9;
    if (name === 'uc1' && values.mobmod === 3) value *= 1e9;
    values[name] = digits(value);
    if (plain.test(name)) continue;
    // Coefficients of a few parts in a hundred at a size of 1 µm.
    for (const letter of ['l', 'w', 'p']) {
      if (random() < 0.8) continue;
      const unit = letter === 'p' ? size * size : size;
      values[letter + name] = digits(0.02 * (random() - 0.5) * Math.abs(value) * unit);
    }
  }
  if (values.acm > 0) {
    Object.assign(values, {
      hdif: digits(3e-7 * random()),
      ldif: digits(1e-7),
      wmlt: digits(0.8 + 0.2 * random()),
    });
    // ngspice takes the current at which a junction becomes linear from another area than the junction's.
    values.ijth = 0;
    if (random() < 0.5) values.calcacm = values.acm === 12 ? 1 : 0;
  }
  // Body effect from the doping in every fifth card.
  if (number % 5 === 0)
    for (const name of Object.keys(values)) if (/^[lwp]?k[12]$/.test(name)) delete values[name];
  // What of ngspice's derivatives is wrong with these would get everywhere through resistances.
  const derived = values.capmod === 1 || values.capmod === 2;
  if (random() < 0.5 && derived) values.rsh = digits(10 * random());
  return { name: `card${String(number)}`, type, values };
}

function randomSize(random) {
  const l = 1.3e-7 * 10 ** (1.2 * random());
  const w = 4e-7 * 10 ** (1.5 * random());
  const size = { w: digits(w), l: digits(l) };
  if (random() < 0.8) {
    const area = digits(w * 5e-7);
    Object.assign(size, {
      ad: area,
      as: digits(w * 6e-7),
      pd: digits(2 * w + 1e-6),
      ps: digits(w * (0.5 + random())),
    });
  }
  if (random() < 0.3) size.nrd = digits(random());
  if (random() < 0.3) size.geo = Math.floor(4 * random());
  if (random() < 0.3) size.m = 1 + Math.floor(4 * random());
  if (random() < 0.3) size.delvto = digits(0.1 * (random() - 0.5));
  if (random() < 0.3) size.mulu0 = digits(0.8 + 0.4 * random());
  return size;
}

const assignments = (values) =>
  Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');

/**
 * Currents into the terminals and charges over a dc grid, and capacitances by ac over a smaller one.
 * P-channel transistors get the negative voltages. Junctions are forward by 0.75 V at most: ngspice
 * may leave conductances of its homotopies in the matrix where an operating point is hard to find.
 */
function deck(name, title, temperature, cards, instances) {
  const numbers = instances.map((_, i) => i + 1);
  const sides = ['d', 'g', 's', 'b'];
  const type = (card) => cards.find((each) => each.name === card).type;
  const lines = [
    title,
    '* Written by generate-bsim3.mjs; the table by `node test/devices/ngspice/regenerate.mjs`.',
    '* A source of 0 V measures the current into each terminal.',
    ...sides.map((side) => `v${side} ${side} 0 dc 0 ac 0`),
    ...sides.map((side) => `e${side} n${side} 0 ${side} 0 -1`),
    ...numbers.flatMap((n) => {
      const sign = type(instances[n - 1].card) === 'pmos' ? 'n' : '';
      return sides.map((side) => `v${side}${n} ${sign}${side} ${side}${n} 0`);
    }),
    ...instances.map(
      ({ card, size }, i) =>
        `m${i + 1} d${i + 1} g${i + 1} s${i + 1} b${i + 1} ${card} ${assignments(size)}`,
    ),
    ...cards.map((card) => `.model ${card.name} ${card.type} ${assignments(card.values)}`),
    `.temp ${temperature}`,
    '.options gmin=1e-12 reltol=1e-9 abstol=1e-18 vntol=1e-12 itl1=500',
    '.control',
    'set numdgt=9',
    'set wr_singlescale',
    'set wr_vecnames',
    'set appendwrite',
  ];
  const currents = numbers.flatMap((n) => sides.map((side) => `i(v${side}${n})`));
  const charges = numbers.flatMap((n) => ['g', 'd', 'b'].map((side) => `@m${n}[q${side}]`));
  const grid = (drains, source, gates, bulks, body) => [
    `alter vs dc=${source}`,
    `foreach bulk ${bulks}`,
    `foreach drain ${drains}`,
    `foreach gate ${gates}`,
    'alter vb dc=$bulk',
    'alter vd dc=$drain',
    'alter vg dc=$gate',
    ...body,
    'end',
    'end',
    'end',
  ];
  const volts = sides.map((side) => `@v${side}[dc]`);
  const save = `save all ${volts.join(' ')}`;
  // An operating point would not have charges.
  const dc = [
    'dc vd $drain $drain 1',
    `wrdata ${name}.txt ${[...volts, ...currents, ...charges].join(' ')}`,
    'unset wr_vecnames',
  ];
  // The current into every terminal per volt and 2πf at one of them.
  const ac = sides.flatMap((side) => [
    `alter v${side} ac=1`,
    save,
    'ac lin 1 1e9 1e9',
    `wrdata ${name}-ac.txt ${volts.map((v) => `real(${v})`).join(' ')} ${currents.map((c) => `imag(${c})`).join(' ')}`,
    'unset wr_vecnames',
    `alter v${side} ac=0`,
  ]);
  const gates = '-1.4 -0.5 0.1 0.6 1.7';
  const bulks = '0 -1.2 0.35';
  lines.push(
    save,
    `save ${charges.join(' ')}`,
    ...grid('1.8 0.5 0.02 -0.03 -0.4', 0, gates, bulks, dc),
    ...grid('0', 1.6, gates, bulks, dc),
    ...grid('0.3', 1, gates, bulks, dc),
    'set wr_vecnames',
    ...grid('1.5 0.25', 0, '-1.4 0.45 1.6', '0 -1.2', ac),
    ...grid('0', 1.1, '-1.4 0.45 1.6', '0 -1.2', ac),
    'quit 0',
    '.endc',
    '.end',
  );
  writeFileSync(join(folder, `${name}.cir`), `${lines.join('\n')}\n`);
}

const library = libraryCards('cmos-180nm.lib');
for (const card of library) card.values.version = '3.3.0';
const area = { ad: '0.9p', as: '0.8p', pd: '4.6u', ps: '4u' };
const sizes = [
  { w: '1.8u', l: '0.18u', ...area },
  { w: '20u', l: '0.18u', ...area, m: 3 },
  { w: '0.4u', l: '0.5u', nrd: 2, nrs: 1 },
  { w: '5u', l: '5u', ...area },
];
for (const [suffix, temperature] of [
  ['', 27],
  ['-hot', 125],
  ['-cold', -40],
]) {
  const instances = library.flatMap(({ name }) => sizes.map((size) => ({ card: name, size })));
  if (suffix !== '-cold') {
    deck(
      `bsim3-180nm${suffix}`,
      `BSIM3 transistors of 180 nm at ${temperature} °C`,
      temperature,
      library,
      instances,
    );
  }
  const random = randomStream(temperature + 1000);
  const cards = Array.from({ length: 12 }, (_, i) => randomCard(random, i));
  const own = cards.map(({ name }) => ({ card: name, size: randomSize(random) }));
  deck(
    `bsim3-options${suffix}`,
    `BSIM3 transistors with random cards at ${temperature} °C`,
    temperature,
    cards,
    own,
  );
}
