import {
  flag,
  integer,
  optionalReal,
  real,
  type ParameterTable,
  type RealParameter,
} from '../../../base/index.js';

/**
 * Parameters that may depend on the channel's size: X is on the card as x, lx, wx and px, and the
 * instance has X + lx/Leff + wx/Weff + px/(Leff·Weff) (see `binning.ts`).
 */
const binned = {
  // Threshold voltage
  vth0: optionalReal('V', 'threshold voltage at vbs = 0 of a long, wide channel; ±0.7 V'),
  vfb: optionalReal('V', 'flat-band voltage; follows from vth0'),
  k1: real(0.53, '√V', 'body effect, first order'),
  k2: real(-0.0186, '', 'body effect, second order'),
  k3: real(80, '', 'narrow width'),
  k3b: real(0, '1/V', 'body effect of k3'),
  w0: real(2.5e-6, 'm', 'narrow width: offset of the width'),
  nlx: real(1.74e-7, 'm', 'lateral doping profile'),
  dvt0: real(2.2, '', 'short channel, factor'),
  dvt1: real(0.53, '', 'short channel, exponent'),
  dvt2: real(-0.032, '1/V', 'short channel, body effect'),
  dvt0w: real(0, '', 'narrow short channel, factor'),
  dvt1w: real(5.3e6, '1/m', 'narrow short channel, exponent'),
  dvt2w: real(-0.032, '1/V', 'narrow short channel, body effect'),
  eta0: real(0.08, '', 'drain-induced barrier lowering below the threshold'),
  etab: real(-0.07, '1/V', 'body effect of eta0'),
  dsub: optionalReal('', 'exponent of drain-induced barrier lowering; drout'),
  // Doping
  nch: real(1.7e17, '1/cm³', 'channel doping'),
  nsub: real(6e16, '1/cm³', 'substrate doping'),
  ngate: real(0, '1/cm³', 'gate doping, 0 for a metal gate'),
  gamma1: optionalReal('√V', 'body effect near the surface; from nch'),
  gamma2: optionalReal('√V', 'body effect in the bulk; from nsub'),
  vbx: optionalReal('V', 'bulk voltage at which the depletion reaches xt; from nch and xt'),
  vbm: real(-3, 'V', 'largest reverse bulk voltage'),
  xt: real(1.55e-7, 'm', 'depth of the doping'),
  xj: real(1.5e-7, 'm', 'junction depth'),
  // Below the threshold
  voff: real(-0.08, 'V', 'offset voltage below the threshold'),
  nfactor: real(1, '', 'swing'),
  cit: real(0, 'F/m²', 'interface traps'),
  cdsc: real(2.4e-4, 'F/m²', 'coupling from drain and source to the channel'),
  cdscb: real(0, 'F/(V·m²)', 'body effect of cdsc'),
  cdscd: real(0, 'F/(V·m²)', 'drain bias effect on cdsc'),
  // Mobility
  u0: optionalReal('m²/(V·s)', 'mobility; 0.067 (nmos) or 0.025 (pmos); above 1 in cm²/(V·s)'),
  ua: real(2.25e-9, 'm/V', 'mobility, first order in the field'),
  ub: real(5.87e-19, 'm²/V²', 'mobility, second order in the field'),
  uc: optionalReal('', 'mobility, body effect; −4.65e-11 m/V², mobMod 3: −0.0465 1/V'),
  // Saturation and output resistance
  vsat: real(8e4, 'm/s', 'saturation velocity'),
  a0: real(1, '', 'bulk charge'),
  ags: real(0, '1/V', 'gate bias effect on the bulk charge'),
  a1: real(0, '1/V', 'non-saturation, first'),
  a2: real(1, '', 'non-saturation, second', '(0:1]'),
  b0: real(0, 'm', 'bulk charge, narrow width'),
  b1: real(0, 'm', 'bulk charge, offset of the width'),
  keta: real(-0.047, '1/V', 'body effect of the bulk charge'),
  delta: real(0.01, 'V', 'smoothness of the effective drain voltage', '[0:inf)'),
  pclm: real(1.3, '', 'channel-length modulation'),
  pdiblc1: real(0.39, '', 'drain-induced barrier lowering of the output resistance'),
  pdiblc2: real(0.0086, '', 'the same, long channel'),
  pdiblcb: real(0, '1/V', 'body effect of the same'),
  drout: real(0.56, '', 'exponent of the same'),
  pscbe1: real(4.24e8, 'V/m', 'substrate current body effect, exponent'),
  pscbe2: real(1e-5, 'm/V', 'substrate current body effect, factor'),
  pvag: real(0, '', 'gate dependence of the Early voltage'),
  alpha0: real(0, 'm/V', 'impact ionization'),
  alpha1: real(0, '1/V', 'impact ionization, length dependence'),
  beta0: real(30, 'V', 'impact ionization, exponent'),
  // Resistance and width
  rdsw: real(0, 'Ω·µm', 'resistance of drain and source by width'),
  prwg: real(0, '1/V', 'gate effect on rdsw'),
  prwb: real(0, '1/√V', 'body effect on rdsw'),
  wr: real(1, '', 'width dependence of rdsw'),
  dwg: real(0, 'm/V', 'gate dependence of the width'),
  dwb: real(0, 'm/√V', 'body effect of the width'),
  // Temperature
  kt1: real(-0.11, 'V', 'threshold voltage by temperature'),
  kt1l: real(0, 'V·m', 'length dependence of kt1'),
  kt2: real(0.022, '', 'body effect of kt1'),
  ute: real(-1.5, '', 'temperature exponent of the mobility'),
  ua1: real(4.31e-9, 'm/V', 'ua by temperature'),
  ub1: real(-7.61e-18, 'm²/V²', 'ub by temperature'),
  uc1: optionalReal('', 'uc by temperature; −5.6e-11 m/V², mobMod 3: −0.056 1/V'),
  at: real(3.3e4, 'm/s', 'vsat by temperature'),
  prt: real(0, 'Ω·µm', 'rdsw by temperature'),
  // Charges
  elm: real(5, '', 'Elmore constant of the channel (nqsMod; not used)'),
  cgsl: real(0, 'F/m', 'gate-source overlap capacitance of the lightly doped part'),
  cgdl: real(0, 'F/m', 'gate-drain overlap capacitance of the lightly doped part'),
  ckappa: real(0.6, 'V', 'bias dependence of cgsl and cgdl', '(0:inf)'),
  cf: optionalReal('F/m', 'fringing capacitance; from tox'),
  clc: real(1e-7, 'm', 'saturation of the charges, length', '[0:inf)'),
  cle: real(0.6, '', 'saturation of the charges, exponent'),
  vfbcv: real(-1, 'V', 'flat-band voltage of the charges (capMod 0)'),
  acde: real(1, 'm/V', 'thickness of the charge in accumulation and depletion (capMod 3)'),
  moin: real(15, '', 'surface potential by gate bias (capMod 3)'),
  noff: real(1, '', 'swing of the charges', '(0:inf)'),
  voffcv: real(0, 'V', 'offset voltage of the charges'),
} as const satisfies ParameterTable;

type Binned = typeof binned;
type Coefficients = { readonly [K in keyof Binned as `${'l' | 'w' | 'p'}${K}`]: RealParameter };

/** The coefficients lx, wx and px of every binned parameter x. */
function coefficients(): Coefficients {
  const sizes = { l: 'length', w: 'width', p: 'product' } as const;
  const entries = Object.entries(sizes).flatMap(([letter, size]) =>
    Object.entries(binned).map(([name, { unit }]) => {
      // What a coefficient's unit is depends on binUnit.
      const doc = `${size} dependence of ${name}`;
      return [letter + name, real(0, unit && `${unit}·size`, doc)];
    }),
  );
  return Object.fromEntries(entries) as Coefficients;
}

/** Parameters of a model card. Defaults in the text apply where a parameter is not given. */
export const bsim3Parameters = {
  type: integer(1, '1: n-channel, −1: p-channel; the type of the card sets it', '[-1:1]'),
  version: real(3.3, '', 'version of the model that the card was written for', '[3:3.4)'),
  mobmod: integer(1, 'mobility model', '[1:3]'),
  capmod: integer(3, 'charge model', '[0:3]'),
  noimod: integer(1, 'noise model', '[1:6]'),
  nqsmod: integer(0, 'charges that lag behind; not available', '[0:0]'),
  acnqsmod: integer(0, 'the same in ac; not available', '[0:0]'),
  binunit: integer(1, 'unit of size of the binning coefficients: 1 µm, otherwise m'),
  paramchk: integer(0, 'check parameters; ranges are always checked'),
  acm: integer(0, 'how areas and perimeters are found: 0 as given, 1, 2, 3, 11, 12, 13', '[0:13]'),
  calcacm: integer(0, 'with acm = 12: as acm = 2 where an area is not given', '[0:1]'),
  tox: real(1.5e-8, 'm', 'oxide thickness', '(0:inf)'),
  toxm: optionalReal('m', 'oxide thickness at which parameters were extracted; tox', '(0:inf)'),
  tnom: real(27, '°C', 'temperature of measurement', '(-273.15:inf)'),
  xpart: real(0, '', 'drain/source charge: 0 40/60, 0.5 50/50, 1 0/100, negative for no charge'),
  ...binned,
  ...coefficients(),
  // Size
  lint: real(0, 'm', 'length offset on each side'),
  ll: real(0, 'm^(lln+1)', 'length dependence of the length offset'),
  lln: real(1, '', 'power of the same'),
  lw: real(0, 'm^(lwn+1)', 'width dependence of the length offset'),
  lwn: real(1, '', 'power of the same'),
  lwl: real(0, 'm^(lln+lwn+1)', 'cross term of the length offset'),
  wint: real(0, 'm', 'width offset on each side'),
  wl: real(0, 'm^(wln+1)', 'length dependence of the width offset'),
  wln: real(1, '', 'power of the same'),
  ww: real(0, 'm^(wwn+1)', 'width dependence of the width offset'),
  wwn: real(1, '', 'power of the same'),
  wwl: real(0, 'm^(wln+wwn+1)', 'cross term of the width offset'),
  dlc: optionalReal('m', 'length offset of the charges; lint'),
  llc: optionalReal('m^(lln+1)', 'll of the charges; ll'),
  lwc: optionalReal('m^(lwn+1)', 'lw of the charges; lw'),
  lwlc: optionalReal('m^(lln+lwn+1)', 'lwl of the charges; lwl'),
  dwc: optionalReal('m', 'width offset of the charges; wint'),
  wlc: optionalReal('m^(wln+1)', 'wl of the charges; wl'),
  wwc: optionalReal('m^(wwn+1)', 'ww of the charges; ww'),
  wwlc: optionalReal('m^(wln+wwn+1)', 'wwl of the charges; wwl'),
  xl: real(0, 'm', 'what masking adds to the length'),
  xw: real(0, 'm', 'what masking adds to the width'),
  lmin: real(0, 'm', 'smallest length of the bin'),
  lmax: real(1, 'm', 'largest length of the bin'),
  wmin: real(0, 'm', 'smallest width of the bin'),
  wmax: real(1, 'm', 'largest width of the bin'),
  // Overlap
  cgso: optionalReal('F/m', 'gate-source overlap capacitance; from dlc or xj'),
  cgdo: optionalReal('F/m', 'gate-drain overlap capacitance; from dlc or xj'),
  cgbo: optionalReal('F/m', 'gate-bulk overlap capacitance; from dwc'),
  // Junctions
  js: real(1e-4, 'A/m²', 'saturation current by area', '[0:inf)'),
  jsw: real(0, 'A/m', 'saturation current by perimeter', '[0:inf)'),
  nj: real(1, '', 'emission coefficient', '(0:inf)'),
  xti: real(3, '', 'temperature exponent of the saturation current'),
  ijth: real(0.1, 'A', 'current from which on the junction is linear, 0 for none', '[0:inf)'),
  cj: real(5e-4, 'F/m²', 'capacitance by area', '[0:inf)'),
  mj: real(0.5, '', 'grading coefficient of the bottom', '[0:inf)'),
  pb: real(1, 'V', 'built-in potential of the bottom; at least 0.1 V'),
  cjsw: real(5e-10, 'F/m', 'capacitance by perimeter', '[0:inf)'),
  mjsw: real(0.33, '', 'grading coefficient of the side wall', '[0:inf)'),
  pbsw: real(1, 'V', 'built-in potential of the side wall; at least 0.1 V'),
  cjswg: optionalReal('F/m', 'capacitance on the side of the gate; cjsw', '[0:inf)'),
  mjswg: optionalReal('', 'grading coefficient of the same; mjsw', '[0:inf)'),
  pbswg: optionalReal('V', 'built-in potential of the same; pbsw'),
  tcj: real(0, '1/K', 'temperature coefficient of cj'),
  tpb: real(0, 'V/K', 'temperature coefficient of pb'),
  tcjsw: real(0, '1/K', 'temperature coefficient of cjsw'),
  tpbsw: real(0, 'V/K', 'temperature coefficient of pbsw'),
  tcjswg: real(0, '1/K', 'temperature coefficient of cjswg'),
  tpbswg: real(0, 'V/K', 'temperature coefficient of pbswg'),
  // Resistance and areas of drain and source
  rsh: real(0, 'Ω', 'sheet resistance', '[0:inf)'),
  rd: real(0, 'Ω', 'drain resistance by ld + ldif over width (acm > 0)', '[0:inf)'),
  rs: real(0, 'Ω', 'source resistance by ld + ldif over width (acm > 0)', '[0:inf)'),
  rdc: real(0, 'Ω', 'drain contact resistance (acm > 0)', '[0:inf)'),
  rsc: real(0, 'Ω', 'source contact resistance (acm > 0)', '[0:inf)'),
  hdif: real(0, 'm', 'distance from gate to contact (acm > 0)', '[0:inf)'),
  ldif: real(0, 'm', 'lightly doped length beside the gate (acm > 0)', '[0:inf)'),
  ld: real(0, 'm', 'lightly doped length under the gate (acm > 0)', '[0:inf)'),
  wmlt: real(1, '', 'factor of shrinking (acm > 0)', '(0:inf)'),
  // Noise
  kf: real(0, '', 'flicker noise coefficient', '[0:inf)'),
  af: real(1, '', 'flicker noise exponent of the current', '(0:inf)'),
  ef: real(1, '', 'flicker noise exponent of the frequency', '(0:inf)'),
  em: real(4.1e7, 'V/m', 'saturation field (noiMod 2, 3, 6)'),
  noia: optionalReal('', 'oxide traps A; 1e20 (nmos) or 9.9e18 (pmos)'),
  noib: optionalReal('', 'oxide traps B; 5e4 (nmos) or 2.4e3 (pmos)'),
  noic: optionalReal('', 'oxide traps C; −1.4e-12 (nmos) or 1.4e-12 (pmos)'),
  lintnoi: real(0, 'm', 'length offset of the flicker noise'),
} as const satisfies ParameterTable;

export const bsim3Instance = {
  l: real(5e-6, 'm', 'channel length', '(0:inf)'),
  w: real(5e-6, 'm', 'channel width', '(0:inf)'),
  ad: real(0, 'm²', 'drain area', '[0:inf)'),
  as: real(0, 'm²', 'source area', '[0:inf)'),
  pd: real(0, 'm', 'drain perimeter', '[0:inf)'),
  ps: real(0, 'm', 'source perimeter', '[0:inf)'),
  nrd: optionalReal('', 'squares of the drain; 1, with acm 0', '[0:inf)'),
  nrs: optionalReal('', 'squares of the source; 1, with acm 0', '[0:inf)'),
  geo: integer(0, 'shared with another gate (acm = 3): 0 none, 1 drain, 2 source, 3 both', '[0:3]'),
  delvto: real(0, 'V', 'added to the threshold voltage'),
  mulu0: real(1, '', 'factor of the mobility', '(0:inf)'),
  off: flag(false, 'start the search for an operating point with all voltages zero'),
  icvds: optionalReal('V', 'drain-source voltage at the start of a transient with uic'),
  icvgs: optionalReal('V', 'gate-source voltage at the start of a transient with uic'),
  icvbs: optionalReal('V', 'bulk-source voltage at the start of a transient with uic'),
} as const satisfies ParameterTable;

/** Names on cards that mean another parameter. */
export const bsim3Aliases = {
  vtho: 'vth0',
  lvtho: 'lvth0',
  wvtho: 'wvth0',
  pvtho: 'pvth0',
} as const;

/** Values on the card, by name; defaults that depend on other parameters are filled in. */
export type Bsim3Card = { readonly [K in keyof typeof bsim3Parameters]: number };

/** Values of the binned parameters at the size of the instance. */
export type Bsim3Binned = { readonly [K in keyof Binned]: number };
