import type { ParameterTable } from '../../../base/index.js';
import { bsim4Parameters } from './bsim4-parameters.js';

/** Terms that most cards switch off by a zero. */
const terms = [
  ...['ll', 'lw', 'lwl', 'llc', 'lwc', 'lwlc', 'wl', 'ww', 'wwl', 'wlc', 'wwc', 'wwlc'],
  ...['k3', 'k3b', 'lpe0', 'lpeb', 'dvt0', 'dvt2', 'dvt0w', 'dvt2w', 'dvtp0', 'dvtp4'],
  ...['etab', 'kt1l', 'cdscb', 'cdscd', 'cit', 'ud', 'ud1', 'up', 'ags', 'b0', 'keta', 'a1'],
  ...['dwg', 'dwb', 'rdsw', 'rdswmin', 'prwg', 'prwb', 'prt', 'pdiblcb', 'pscbe2', 'pvag'],
  ...['fprout', 'pdits', 'ngate', 'tvoff', 'tvoffcv', 'tnfactor', 'teta0', 'tvfbsdoff'],
  ...['voffl', 'voffcvl', 'minv', 'cgsl', 'cgdl', 'kf', 'delvto'],
];

const tables: ParameterTable = bsim4Parameters;

/**
 * Parameters whose zero is structure: bins and `terms`. Stress, wells and trap-assisted tunnelling
 * are asked for by the equations themselves.
 */
export const foldedParameters: readonly string[] = [
  ...Object.keys(tables).filter((name) => isBin(name)),
  ...terms,
];

function isBin(name: string): boolean {
  const binned = name.slice(1) in tables;
  return binned && /^[lwp]/.test(name) && /·µm²?$/.test(tables[name].unit);
}
