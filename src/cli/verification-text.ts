import { formatQuantity } from '../base/index.js';
import { tolerancesOf, type Imbalance, type VerificationReport } from '../solver/index.js';

/** What `--verify` found, in two lines. */
export function verificationText({ points, unit, currents, charges }: VerificationReport): string {
  const head = `verified ${points} ${points === 1 ? 'point' : 'points'}`;
  if (points === 0) return `  ${head}\n`;
  const rows = [
    ['equations', currents],
    ['charges', charges],
  ] as const;
  const lines = rows.flatMap(([what, imbalance]) =>
    imbalance ? [`  largest imbalance of ${what}: ${imbalanceText(imbalance, unit)}\n`] : [],
  );
  return [`  ${head}\n`, ...lines].join('');
}

function imbalanceText(imbalance: Imbalance, unit: string): string {
  const { name, at, value, unit: own } = imbalance;
  const place = unit === '' ? name : `${name} at ${formatQuantity(at, unit)}`;
  return `${formatQuantity(value, own)} in ${place}, ${tolerancesOf(imbalance).toPrecision(3)} of its tolerance`;
}
