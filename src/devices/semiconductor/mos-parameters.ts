import { flag, integer, optionalReal, real } from '../../base/index.js';

/** What cards of the MOS transistors of levels 1, 2, 3 and 6 have in common. */
export const mosParameters = {
  type: real(1, '', '1: n-channel, −1: p-channel; the type of the card sets it', '[-1:1]'),
  vto: real(0, 'V', 'threshold voltage without bulk bias'),
  gamma: real(0, '√V', 'bulk threshold parameter', '[0:inf)'),
  phi: real(0.6, 'V', 'surface potential', '(0:inf)'),
  rd: real(0, 'Ω', 'drain resistance', '[0:inf)'),
  rs: real(0, 'Ω', 'source resistance', '[0:inf)'),
  rsh: real(0, 'Ω', 'sheet resistance of drain and source', '[0:inf)'),
  cbd: real(0, 'F', 'bulk-drain capacitance at zero bias', '[0:inf)'),
  cbs: real(0, 'F', 'bulk-source capacitance at zero bias', '[0:inf)'),
  is: real(1e-14, 'A', 'saturation current of the bulk junctions', '[0:inf)'),
  js: real(0, 'A/m²', 'saturation current per area of the bulk junctions', '[0:inf)'),
  pb: real(0.8, 'V', 'built-in potential of the bulk junctions', '(0:inf)'),
  cj: real(0, 'F/m²', 'bulk junction capacitance per area', '[0:inf)'),
  mj: real(0.5, '', 'grading coefficient of the bottom', '[0:1)'),
  cjsw: real(0, 'F/m', 'bulk junction capacitance per length of the perimeter', '[0:inf)'),
  mjsw: real(0.33, '', 'grading coefficient of the side wall', '[0:1)'),
  fc: real(0.5, '', 'where the forward capacitance becomes linear, as a part of pb', '[0:1)'),
  cgso: real(0, 'F/m', 'gate-source overlap capacitance per width', '[0:inf)'),
  cgdo: real(0, 'F/m', 'gate-drain overlap capacitance per width', '[0:inf)'),
  cgbo: real(0, 'F/m', 'gate-bulk overlap capacitance per length', '[0:inf)'),
  ld: real(0, 'm', 'lateral diffusion'),
  u0: real(600, 'cm²/(V·s)', 'surface mobility', '(0:inf)'),
  nsub: optionalReal('1/cm³', 'substrate doping', '(1.45e10:inf)'),
  nss: real(0, '1/cm²', 'surface state density'),
  tpg: integer(1, 'gate: 1 opposite to substrate, −1 same, 0 aluminium', '[-1:1]'),
  tnom: real(27, '°C', 'temperature of measurement', '(-273.15:inf)'),
  kf: real(0, '', 'flicker noise coefficient', '[0:inf)'),
  af: real(1, '', 'flicker noise exponent', '(0:inf)'),
} as const;

export const mosInstance = {
  l: real(1e-4, 'm', 'channel length', '(0:inf)'),
  w: real(1e-4, 'm', 'channel width', '(0:inf)'),
  ad: real(0, 'm²', 'drain area', '[0:inf)'),
  as: real(0, 'm²', 'source area', '[0:inf)'),
  pd: real(0, 'm', 'drain perimeter', '[0:inf)'),
  ps: real(0, 'm', 'source perimeter', '[0:inf)'),
  nrd: real(1, '', 'squares of the drain', '[0:inf)'),
  nrs: real(1, '', 'squares of the source', '[0:inf)'),
  off: flag(false, 'start the search for an operating point with all voltages zero'),
  icvds: optionalReal('V', 'drain-source voltage at the start of a transient with uic'),
  icvgs: optionalReal('V', 'gate-source voltage at the start of a transient with uic'),
  icvbs: optionalReal('V', 'bulk-source voltage at the start of a transient with uic'),
} as const;

export const mosAliases = { vt0: 'vto', uo: 'u0', tref: 'tnom' } as const;
