import { plotSvg } from '../../waveform/plot/index.js';
import { type Column, Dataset, type Quantity, quantityOf } from '../../waveform/index.js';
import type { ContinuousInput } from './characteristic-data.js';
import { type Curve, curvesOf, labelOf, pointsOf } from './curves.js';
import { shownValue } from './shown-value.js';
import type { TransferCharacteristic } from './transfer-characteristic.js';

export interface CharacteristicPicture {
  /** For a file's name: `v(out) over rox` without what file names do not take. */
  readonly name: string;
  readonly title: string;
  readonly svg: string;
}

/** Each output over each of its continuous inputs, a curve for each combination of the others. */
export function characteristicPictures(
  characteristic: TransferCharacteristic,
): CharacteristicPicture[] {
  const inputs = characteristic.inputs.filter((each) => each.kind === 'continuous');
  return characteristic.outputs.flatMap(({ name }) =>
    inputs.map((input) => {
      const curves = curvesOf(characteristic, name, input);
      const title = `${name} over ${input.name}`;
      return {
        name: title.replaceAll(/[^\w.-]+/g, '-').replaceAll(/^-|-$/g, ''),
        title,
        svg: drawn(characteristic, curves, input),
      };
    }),
  );
}

function drawn(
  { name, data }: TransferCharacteristic,
  curves: readonly Curve[],
  input: ContinuousInput,
): string {
  const steps = curves.map((curve) => ({ label: nameOf(curve), dataset: datasetOf(curve, name) }));
  const logX = input.scale === 'logarithmic';
  const [{ dataset }] = steps;
  const single = steps.length === 1 && steps[0].label === '';
  const title = `${name} · ${data.provenance.deck.replace(/^.*[/\\]/, '')}`;
  return plotSvg({ dataset, ...(single ? {} : { steps }), logX, title });
}

function datasetOf(curve: Curve, title: string): Dataset {
  const { along, output, function: of } = curve;
  const x = Float64Array.from(pointsOf(curve, 400));
  const y = new Float64Array(x.length);
  of.evaluate([x], y);
  const scale: Column = {
    name: along.name,
    title: along.name,
    quantity: quantityFor(along.name, along.unit),
    real: x,
  };
  const column: Column = {
    name: output,
    title: output,
    quantity: quantityFor(output, of.output.unit),
    real: y,
  };
  return new Dataset({ title, analysis: 'dc', plotName: 'Transfer characteristic' }, [
    scale,
    column,
  ]);
}

function quantityFor(name: string, unit: string): Quantity {
  if (unit === 'V') return quantityOf('voltage');
  if (unit === 'A') return quantityOf('current');
  if (name === 'frequency') return quantityOf('frequency');
  if (unit === '°C') return quantityOf('temperature');
  return quantityOf('other', unit);
}

/** `rox = 3.2 kΩ, corner = ff`. */
export function nameOf({ at }: Curve): string {
  return at
    .map(({ input, value }) => {
      const label = input.kind === 'discrete' ? labelOf(input, value) : undefined;
      return `${input.name} = ${label ?? shownValue(value, input.unit)}`;
    })
    .join(', ');
}
