// Cost per time point over size: the exponent, and a picture.
import { writeFileSync } from 'node:fs';
import { Dataset, quantityOf } from '../dist/waveform/index.js';
import { plotSvg } from '../dist/waveform/plot/index.js';

/** By family and simulator: sizes, and seconds of the transient per accepted point. */
function families(results) {
  const found = new Map();
  for (const { family, size, ours, ngspice } of results) {
    if (family === undefined) continue;
    for (const [simulator, of] of Object.entries({ oxspice: ours, ngspice })) {
      const seconds = transientSeconds(of);
      if (!(seconds > 0 && of.points > 0)) continue;
      const key = `${family} ${simulator}`;
      if (!found.has(key)) found.set(key, { family, simulator, sizes: [], costs: [] });
      found.get(key).sizes.push(size);
      found.get(key).costs.push(seconds / of.points);
    }
  }
  return [...found.values()].filter(({ sizes }) => sizes.length > 1);
}

/** Of ngspice the transient's part of the elapsed time, in user CPU seconds; of ours when warm. */
function transientSeconds({ seconds, userSeconds } = {}) {
  if (seconds?.steady !== undefined) return seconds.steady;
  return seconds?.total > 0 ? (userSeconds * seconds.transient) / seconds.elapsed : undefined;
}

/** The slope of a straight line through the logarithms, by least squares. */
export function exponent(sizes, costs) {
  const [x, y] = [sizes.map(Math.log), costs.map(Math.log)];
  const mean = (numbers) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const [mx, my] = [mean(x), mean(y)];
  const products = x.map((value, k) => (value - mx) * (y[k] - my));
  return mean(products) / mean(x.map((value) => (value - mx) ** 2));
}

/** Where sizes are small, what each point costs at least hides the growth: the last three count too. */
export function fitFamilies(results) {
  return families(results).map(({ family, simulator, sizes, costs }) => {
    const all = exponent(sizes, costs).toFixed(2);
    const last = exponent(sizes.slice(-3), costs.slice(-3)).toFixed(2);
    const micro = costs.map((cost) => (cost * 1e6).toPrecision(3)).join(', ');
    const name = `${family} ${simulator}`.padEnd(24);
    return `${name} us a point ${micro} at ${sizes.join(', ')}: exponent ${all}, last three ${last}`;
  });
}

/** Writes a picture for each family; their files. */
export function drawFamilies(results, stem) {
  const curves = families(results);
  return [...new Set(curves.map(({ family }) => family))].map((family) => {
    const steps = curves.filter((curve) => curve.family === family).map(stepOf);
    const file = `${stem}.${family}.svg`;
    const svg = plotSvg({
      dataset: steps[0].dataset,
      steps,
      x: 'size',
      traces: ['cost per time point'],
      logX: true,
      logY: true,
      title: `Cost per time point, ${family}`,
    });
    writeFileSync(file, svg);
    return file;
  });
}

function stepOf({ simulator, sizes, costs }) {
  const column = (name, quantity, values) => ({ name, quantity, real: Float64Array.from(values) });
  const dataset = new Dataset({ title: '', analysis: 'tran', plotName: 'user CPU seconds' }, [
    column('size', quantityOf('other'), sizes),
    column('cost per time point', quantityOf('time'), costs),
  ]);
  return { label: `${simulator}, exponent ${exponent(sizes, costs).toFixed(2)}`, dataset };
}
