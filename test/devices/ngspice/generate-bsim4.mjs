// Writes the decks bsim4-*.cir of this folder: transistors with the cards of circuits/models, and
// with those of 90 nm and one option after the other. `regenerate.mjs` runs them in ngspice.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;

/** Cards of a library by name: type and values. */
function libraryCards(file) {
  const text = readFileSync(join(folder, '../../../circuits/models', file), 'utf8');
  const joined = text.replaceAll(/^\*.*\n/gm, '').replaceAll(/\n\+/g, ' ');
  const cards = joined.split('\n').filter((line) => line.startsWith('.model'));
  return Object.fromEntries(
    cards.map((line) => {
      const [, name, type, ...rest] = line.split(/\s+/);
      const values = Object.fromEntries(rest.map((word) => word.split('=')));
      return [name, { name, type, values: { ...values, version: '4.8.2' } }];
    }),
  );
}

const cards = { ...libraryCards('cmos-90nm.lib'), ...libraryCards('cmos-130nm.lib') };
const layout = { ad: '0.16p', as: '0.2p', pd: '2u', ps: '2.4u' };
const stress = {
  ...{ ku0: -2e-8, kvsat: 0.2, tku0: 0.1, kvth0: 2e-8, lku0: 1e-6, wku0: 1e-6, pku0: 1e-13 },
  ...{ llodku0: 1.1, wlodku0: 1.05, lkvth0: 1e-6, wkvth0: 1e-6, llodvth: 1, wlodvth: 1 },
  ...{ stk2: 1e-9, steta0: 1e-11, wlod: 1e-7, sbref: 1.1e-6 },
};
const wells = { wpemod: 1, web: 0.1, wec: 0.2, kvth0we: 0.01, k2we: 0.002, ku0we: -0.01 };
const diodes = {
  ...{ bvs: 1.4, bvd: 1.3, jss: 1e-2, jsd: 2e-2, ijthsfwd: 1e-6, ijthdfwd: 1e-6, njs: 1.05 },
  ...{ ijthsrev: 1e-7, ijthdrev: 2e-7, xjbvs: 0.9, xjbvd: 1.1, njd: 1.02 },
};
const diffusions = { dmcg: 6e-8, dmci: 5e-8, dmdg: 7e-8, dmcgt: 1e-8, rsh: 20, rgeomod: 1 };

/** Whether temperature coefficients are those of tempmod 0. */
const temperatures = (tempmod) => {
  const linear = tempmod === 0;
  return {
    ...{ tempmod, ua1: linear ? 1e-9 : 1e-4, ub1: linear ? -1e-18 : 1e-3, prt: linear ? 20 : 1e-3 },
    ...{ uc1: linear ? -1e-11 : 1e-3, at: linear ? 3.3e4 : 1e-4, ud1: linear ? 1e12 : 1e-3 },
    ...{ tvoff: 1e-3, tnfactor: 0.1, teta0: 0.01, tvoffcv: 1e-3, ud: 1e13 },
    ...{ tvfbsdoff: 1e-3, vfbsdoff: 0.05, dvtp0: 1e-8, dvtp1: 0.4 },
  };
};

/** Mobilities have coefficients of their own. */
const mobilities = {
  ...Object.fromEntries([0, 4].map((mobmod) => [mobmod, { ud: 1e14 }])),
  ...Object.fromEntries([1, 5].map((mobmod) => [mobmod, { ud: 1e14, uc: -0.04, uc1: -0.05 }])),
  ...Object.fromEntries(
    [2, 6].map((mobmod) => [mobmod, { ud: 1e14, ua: 1e-15, ua1: 1e-16, eu: 1.6, uc: 0, uc1: 0 }]),
  ),
  3: { ud: 1, ud1: 0, ua: 0.3, ua1: 0.1, eu: 1.2, uc: 0, uc1: 0 },
};

/** Each option: what it changes on the card (undefined: left out) and the instance. */
const options = [
  ...Object.entries(mobilities).map(([mobmod, values]) => [{ mobmod, ...values }, { l: '0.2u' }]),
  [{ rdsmod: 1, prwg: 0.3, prwb: 0.1 }],
  [
    { rdsmod: 1, prwg: 0.3, prwb: 0.1 },
    { nrd: 2, nrs: 3 },
  ],
  [{}, { nrd: 2, nrs: 3 }],
  ...[0, 1, 2].flatMap((capmod) =>
    [0, 0.5, 1].map((xpart) => [{ capmod, xpart, vfbcv: -0.9 }, { l: '0.3u' }]),
  ),
  [{ cvchargemod: 1, minvcv: 0.1, voffcvl: 1e-9 }],
  ...[1, 2, 3].map((rgatemod) => [{ rgatemod }, { w: '20u', l: '0.2u' }]),
  [{ rbodymod: 1 }],
  [{ rbodymod: 2 }],
  [{ rbodymod: 2, rbps0: 60, rbpd0: 70, rbpsl: 0.1, rbpbx0: 90, rbpbyw: 0.2 }],
  [{ rbodymod: 2, rbps0: 60, rbpd0: 70, rbsbx0: 80, rbdby0: 77, rbsdbxl: 0.3 }],
  ...[0, 1, 2].map((diomod) => [{ diomod, ...diodes }]),
  ...[0, 1, 2, 3].map((tempmod) => [temperatures(tempmod)]),
  ...Array.from({ length: 11 }, (_, geomod) => [
    { geomod, ...diffusions },
    { w: '4u', nf: geomod > 8 ? 4 : 3, min: geomod % 3 === 0 ? 1 : 0, bare: true },
  ]),
  [
    { geomod: 0, ...diffusions },
    { w: '4u', nf: 4, min: 1, bare: true },
  ],
  [
    { geomod: 0, ...diffusions },
    { w: '4u', nf: 4, min: 0, bare: true },
  ],
  [{ permod: 0 }],
  [{ gidlmod: 1, rgidl: 1.1, kgidl: 0.2, fgidl: 1.2, agidl: 1e-3 }],
  [{ agidl: 1e-2, egidl: 0.3, agisl: 2e-2, cgisl: 0.1 }],
  [{ igcmod: 2, pigcd: undefined }],
  [{ pigcd: undefined }],
  [{ igcmod: 0, igbmod: 0 }],
  [{ igcmod: 0 }],
  [
    {
      aigsd: undefined,
      bigsd: undefined,
      cigsd: undefined,
      aigs: 0.011,
      bigd: 0.003,
      dlcig: 6e-9,
      dlcigd: 8e-9,
    },
  ],
  [stress, { sa: '0.3u', sb: '0.5u' }],
  [stress, { w: '4u', nf: 4, sa: '0.3u', sb: '0.5u', sd: '0.2u' }],
  [wells, { sc: '0.4u' }],
  [wells, { sca: 2, scb: 0.1, scc: 0.01 }],
  [{ lambda: 2e-18 }],
  [{ vtl: 2e5, xn: 3, lc: 5e-9 }],
  [{ a1: 0.1, a2: 0.8 }],
  [{ a1: -0.1, a2: 0.9 }],
  [
    {
      dvtp0: 1e-7,
      dvtp1: 0.5,
      dvtp2: 1e-3,
      dvtp3: 0.1,
      dvtp4: 0.4,
      dvtp5: 0.02,
      fprout: 100,
      pdits: 0.2,
    },
  ],
  [
    {
      ...{
        etab: -0.05,
        cdscb: 1e-4,
        cdscd: 2e-4,
        k3: 20,
        k3b: 1,
        dvt0w: 0.1,
        dvt1w: 5e6,
        keta: -0.05,
      },
      ...{
        ags: 0.3,
        b0: 1e-7,
        b1: 1e-8,
        dwg: 1e-8,
        dwb: 1e-8,
        prwg: 0.2,
        prwb: 0.1,
        pvag: 0.2,
        lpe0: 1e-8,
      },
      ...{ pdiblcb: -0.1, lpeb: 1e-8, minv: 0.1, voffl: -1e-9, up: 0.1, lp: 2e-8, cit: 1e-4 },
    },
  ],
  [{ k1: undefined, k2: undefined }],
  [{ k1: undefined, k2: undefined, ndep: undefined, gamma1: 0.5, gamma2: 0.3 }],
  [{ vfb: undefined }],
  [{ cgso: undefined, cgdo: undefined, cgbo: undefined, toxp: undefined }],
  [
    {
      cgso: undefined,
      cgdo: undefined,
      cgbo: undefined,
      dlc: 5e-9,
      dwc: 1e-8,
      dwj: 2e-8,
      cf: 1e-10,
    },
  ],
  [
    {
      ll: 1e-16,
      lw: 1e-15,
      lwl: 1e-22,
      wl: 1e-15,
      ww: 1e-15,
      wwl: 1e-22,
      llc: 2e-16,
      lln: 1.02,
      wwn: 0.98,
      xw: 1e-8,
    },
  ],
  [
    {
      ...{
        lvth0: 1e-3,
        wvth0: 2e-3,
        pvth0: 1e-4,
        lu0: 1e-4,
        lvsat: 100,
        wk1: 1e-3,
        pua: 1e-13,
        lrdsw: 1,
      },
      ...{ lagidl: 1e-6, laigsd: 1e-5, wvoff: 1e-4, lcgsl: 1e-12, pnfactor: 0.001, ldelta: 1e-5 },
    },
  ],
  [{ binunit: 0, lvth0: 1e-9, wu0: 1e-10 }],
  [{ toxe: undefined, mtrlmod: 1, eot: 1.2e-9, phig: 4.3, epsrgate: 0, epsrsub: 11.9, nsub: 1e17 }],
  [{ toxp: undefined, mtrlmod: 1, mtrlcompatmod: 1, eot: 1.4e-9 }],
  [
    {
      ...{
        jtss: 1e-3,
        jtssws: 1e-9,
        jtsswgs: 1e-9,
        jtweff: 1e-7,
        njts: 15,
        njtsswd: 14,
        xtss: 0.1,
      },
      ...{ tnjts: 0.1, vtss: 2, vtsd: 1 },
    },
  ],
  [{}, { delvto: 0.05, mulu0: 1.1 }],
  [{}, { m: 3 }],
  [{ toxe: undefined, toxm: 1.9e-9 }],
  [{ toxp: undefined }],
];

const assignments = (values) =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');

/** A card of 90 nm with an option; gate and substrate have no resistance of their own. */
function withOption(base, [changes, { bare, ...size } = {}], i) {
  const values = { ...cards[base].values, rgatemod: 0, rbodymod: 0, ...changes };
  const card = { name: `card${i}`, type: cards[base].type, values };
  return { card, size: { w: '1u', l: '0.1u', ...(bare ? {} : layout), ...size } };
}

/** Currents into the terminals over a dc grid, and capacitances by ac over a smaller one. */
function deck(name, title, temperature, devices) {
  const sides = ['d', 'g', 's', 'b'];
  const sign = (type) => (type === 'pmos' ? 'n' : '');
  const lines = [
    title,
    '* Written by generate-bsim4.mjs; the table by `node test/devices/ngspice/regenerate.mjs`.',
    '* A source of 0 V measures the current into each terminal; p-channel ones get negative voltages.',
    ...sides.map((side) => `v${side} ${side} 0 dc 0 ac 0`),
    ...sides.map((side) => `e${side} n${side} 0 ${side} 0 -1`),
  ];
  devices.forEach(({ card, size }, i) => {
    const n = i + 1;
    lines.push(...sides.map((side) => `v${side}${n} ${sign(card.type)}${side} ${side}${n} 0`));
    lines.push(`m${n} d${n} g${n} s${n} b${n} ${card.name} ${assignments(size)}`);
  });
  for (const card of new Set(devices.map((device) => device.card))) {
    lines.push(`.model ${card.name} ${card.type} ${assignments(card.values)}`);
  }
  const currents = devices.flatMap((_, i) => sides.map((side) => `i(v${side}${i + 1})`));
  const volts = sides.map((side) => `@v${side}[dc]`);
  const grid = (drains, gates, bulks, body) => [
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
  const save = `save all ${volts.join(' ')}`;
  lines.push(
    `.temp ${temperature}`,
    '.options gmin=1e-12 reltol=1e-9 abstol=1e-16 vntol=1e-12 itl1=500',
    '.control',
    'set numdgt=9',
    'set wr_singlescale',
    'set wr_vecnames',
    'set appendwrite',
    save,
    ...grid('-0.5 0.1 1.2', '-0.4 0.35 1.1', '-0.8 0.25', [
      'dc vd $drain $drain 1',
      `wrdata ${name}.txt ${[...volts, ...currents].join(' ')}`,
      'unset wr_vecnames',
    ]),
    'set wr_vecnames',
    ...grid(
      '-0.5 0.9',
      '-0.4 0.8',
      '-0.8',
      sides.flatMap((side) => [
        `alter v${side} ac=1`,
        save,
        'ac lin 1 1e8 1e8',
        `wrdata ${name}-ac.txt ${volts.map((v) => `real(${v})`).join(' ')} ${currents.map((c) => `imag(${c})`).join(' ')}`,
        'unset wr_vecnames',
        `alter v${side} ac=0`,
      ]),
    ),
    'quit 0',
    '.endc',
    '.end',
  );
  writeFileSync(join(folder, `${name}.cir`), `${lines.join('\n')}\n`);
}

const sizes = [
  { w: '0.9u', l: '0.09u', ...layout },
  { w: '4u', l: '0.13u', nf: 4 },
  { w: '5u', l: '1u', ...layout, m: 2 },
];
const plain = (...names) =>
  names.flatMap((name) => sizes.map((size) => ({ card: cards[name], size })));
const each = (base) => options.map((option, i) => withOption(base, option, i + 1));
const small = plain('nmos130', 'pmos130').filter(({ size }) => size.l !== '0.09u');
deck('bsim4-90nm', 'BSIM4 transistors of 90 nm at 27 °C', 27, plain('nmos90', 'pmos90'));
deck('bsim4-130nm-hot', 'BSIM4 transistors of 130 nm at 125 °C', 125, small);
deck('bsim4-options', 'BSIM4 transistors with options at 60 °C', 60, each('nmos90'));
// All at once are too many for ngspice to find their operating point.
const some = each('pmos90').filter((_, i) => i % 4 === 1);
deck('bsim4-options-p', 'BSIM4 transistors with options, p-channel, at -30 °C', -30, some);
