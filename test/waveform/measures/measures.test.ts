import { describe, expect, test } from 'vitest';
import { Dataset, quantityOf } from '../../../src/waveform/index.js';
import { measures } from '../../../src/waveform/measures/index.js';
import { resultOf, resultsOf } from './card.js';

const voltage = quantityOf('voltage');
const { PI, cos, exp, sin } = Math;

/** Four periods of a sine of 1 Hz, 40 points a period, with slopes; e = 1 - exp(-t); ramp = t. */
const time = Float64Array.from({ length: 161 }, (_, i) => i / 40);
const waves = new Dataset({ title: 't', analysis: 'tran' }, [
  { name: 'time', quantity: quantityOf('time'), real: time },
  {
    name: 'sine',
    quantity: voltage,
    real: time.map((t) => sin(2 * PI * t)),
    slope: time.map((t) => 2 * PI * cos(2 * PI * t)),
  },
  {
    name: 'e',
    quantity: voltage,
    real: time.map((t) => 1 - exp(-t)),
    slope: time.map((t) => exp(-t)),
  },
  { name: 'ramp', quantity: voltage, real: time, slope: time.map(() => 1) },
  { name: 'bare', quantity: voltage, real: time.map((t) => t * t) },
  { name: 'v1#branch', quantity: quantityOf('current'), real: time.map(() => 2) },
]);

/** Error of the cubic between two points of the sine: h⁴/384·(2π)⁴ = 1.6e-6. */
const cubic = 1.7e-6;

/** One pole at 1 kHz, 20 points a decade, as an .ac analysis has it. */
const frequency = Float64Array.from({ length: 81 }, (_, i) => 10 ** (1 + i / 20));
const pole = new Dataset({ title: 't', analysis: 'ac' }, [
  { name: 'frequency', quantity: quantityOf('frequency'), real: frequency },
  {
    name: 'out',
    quantity: voltage,
    real: frequency.map((f) => 1 / (1 + (f / 1e3) ** 2)),
    imaginary: frequency.map((f) => -f / 1e3 / (1 + (f / 1e3) ** 2)),
  },
]);

/** A sweep from 2 down to 0 in steps of 0.25. */
const down = Float64Array.from({ length: 9 }, (_, i) => 2 - i / 4);
const sweep = new Dataset({ title: 't', analysis: 'dc' }, [
  { name: 'v(v-sweep)', quantity: voltage, real: down },
  { name: 'out', quantity: voltage, real: down.map((v) => v * v) },
]);

describe('measures against closed forms', () => {
  test.each<[card: string, value: number, within: number, unit: string]>([
    // Mean over half a period of a sine is 2/π; the rule is exact for the cubic.
    ['tran m avg v(sine) from=0 to=0.5', 2 / PI, cubic, 'V'],
    ['tran m rms v(sine)', Math.SQRT1_2, cubic, 'V'],
    // A window that cuts intervals: ∫ sin(2πt) from 0.01 to 0.26.
    [
      'tran m integ v(sine) from=0.01 to=0.26',
      (cos(0.02 * PI) - cos(0.52 * PI)) / (2 * PI),
      cubic,
      'V·s',
    ],
    ['tran m integ i(v1) from=1 to=3', 4, 1e-12, 'C'],
    // The peaks lie at points here; at.. of the third peak needs the window.
    ['tran m max v(sine) from=2', 1, cubic, 'V'],
    ['tran m max_at v(sine) from=2 to=3', 2.25, 1e-6, 's'],
    ['tran m min_at v(sine) from=2 to=3', 2.75, 1e-6, 's'],
    ['tran m min v(sine)', -1, cubic, 'V'],
    ['tran m pp v(sine)', 2, 2 * cubic, 'V'],
    ['tran m find v(sine) at=0.33', sin(0.66 * PI), cubic, 'V'],
    ['tran m find v(e) at=1', 1 - exp(-1), 1e-9, 'V'],
    // The derivative of the cubic: error h³·√3/216·(2π)⁴ = 2e-4 of 2π at most.
    ['tran m deriv v(sine) at=0.33', 2 * PI * cos(0.66 * PI), 2e-4, 'V/s'],
    ['tran m deriv v(sine) when v(ramp)=1 cross=1', 2 * PI, 1e-9, 'V/s'],
    // Without slopes, parabolas are exact for t².
    ['tran m deriv v(bare) at=1.01', 2.02, 1e-9, 'V/s'],
    ['tran m when v(e)=0.5', Math.log(2), 1e-8, 's'],
    ['tran m when v(sine)=0.5 fall=2', 1 + 5 / 12, cubic, 's'],
    ['tran m when v(sine)=0.5 rise=last', 3 + 1 / 12, cubic, 's'],
    ['tran m when v(sine)=0.5 cross=3', 1 + 1 / 12, cubic, 's'],
    ['tran m when v(sine)=0.5 rise=1 td=1.5', 2 + 1 / 12, cubic, 's'],
    // sin(2πt) = t, by bisection.
    ['tran m when v(sine)=v(ramp) cross=1 from=0.2', 0.429368145186, cubic, 's'],
    ['tran m find v(ramp) when v(sine)=0 fall=1', 0.5, cubic, 'V'],
    // Period and rise time: between -0.9 and 0.9 on a rising edge 2·asin(0.9)/2π.
    ['tran m trig v(sine) val=0.5 rise=1 targ v(sine) val=0.5 rise=3', 2, 2 * cubic, 's'],
    [
      'tran m trig v(sine) val=-0.9 rise=1 targ v(sine) val=0.9 rise=2',
      Math.asin(0.9) / PI,
      1e-5,
      's',
    ],
    ['tran m trig at=0.25 targ v(e) val=half rise=1', Math.log(2) - 0.25, 1e-8, 's'],
    ['tran m trig v(e)=0.5 targ v(e)=0.25', Math.log(4 / 3) - Math.log(2), 2e-8, 's'],
    // A window between two events: one period of the sine has no mean.
    ['tran m avg v(sine) trig v(sine) val=0.5 rise=1 targ v(sine) val=0.5 rise=2', 0, cubic, 'V'],
    ['tran m duty v(sine) on=0.5 from=0 to=4', 1 / 3, cubic, ''],
    ['tran m duty v(sine)', 0.5, 1e-9, ''],
    ['tran m on_time v(sine) on=0.5', 1 / 3, 2 * cubic, 's'],
    // Off below -0.5 only: on from 1/12 to 7/12.
    ['tran m on_time v(sine) on=0.5 off=-0.5', 0.5, 2 * cubic, 's'],
    ['tran m off_time v(sine) on=0.5', 2 / 3, 2 * cubic, 's'],
    ['tran m freq v(sine) on=0.2', 1, cubic, 'Hz'],
    // Relative errors of two signals that differ by a tenth at every point.
    ['tran m err1 v(e) v(e)*1.1 from=1', 0.1, 1e-12, ''],
    ['tran m err v(e) v(e)*0.9 from=1', 0.1, 1e-12, ''],
    ['tran m err2 v(e) v(e)*0.9 from=1', 0.1, 1e-12, ''],
    ['tran m param=half*4', 2, 0, ''],
    ['tran m param=v(ramp)*2', 8, 1e-12, ''],
  ])('%s', async (text, value, within, unit) => {
    const result = await resultOf(waves, text);
    expect(result.failure).toBeUndefined();
    expect(Math.abs(result.value! - value)).toBeLessThanOrEqual(within);
    expect(result.unit).toBe(unit);
  });

  test('places of peaks, triggers and targets are told', async () => {
    const peak = await resultOf(waves, 'tran m max v(sine) from=1 to=2');
    expect(peak.where!.at).toBeCloseTo(1.25, 9);
    const delay = await resultOf(waves, 'tran m trig v(e) val=0.5 targ v(ramp) val=2');
    expect(delay.where!.trig).toBeCloseTo(Math.log(2), 7);
    expect(delay.where!.targ).toBeCloseTo(2, 12);
  });

  test('a peak between two points is found on the cubic', async () => {
    // Points at 0.3 and 0.35 of sin(2π(t - 0.075)): the peak is at 0.325.
    const x = Float64Array.of(0.3, 0.35);
    const signal = {
      name: 'a',
      quantity: voltage,
      real: x.map((t) => sin(2 * PI * (t - 0.075))),
      slope: x.map((t) => 2 * PI * cos(2 * PI * (t - 0.075))),
    };
    const two = new Dataset({ title: 't', analysis: 'tran' }, [
      { name: 'time', quantity: quantityOf('time'), real: x },
      signal,
    ]);
    const { value, where } = await resultOf(two, 'tran m max v(a)');
    // h⁴/384·(2π)⁴ = 2.5e-5; the higher of the two points is 0.0123 lower.
    expect(Math.abs(value! - 1)).toBeLessThan(2.6e-5);
    expect(where!.at).toBeCloseTo(0.325, 12);
  });

  test.each<[string, number, number, string]>([
    // Straight lines between 20 points a decade; -3.0103 dB is at the pole, which is a point.
    ['ac m when vdb(out)=-3.0102999566398 fall=1', 1000, 1e-6, 'Hz'],
    ['ac m find vp(out) at=1k', -PI / 4, 1e-12, 'rad'],
    ['ac m max vdb(out)', -4.3e-4, 1e-5, 'dB'],
    ['ac m find vm(out) at=1k', Math.SQRT1_2, 1e-12, 'V'],
  ])('%s', async (text, value, within, unit) => {
    const result = await resultOf(pole, text);
    expect(Math.abs(result.value! - value)).toBeLessThan(within);
    expect(result.unit).toBe(unit);
  });

  test.each<[string, number]>([
    // Straight lines through squares of multiples of 1/4: 1 + 0.125·(1.5625-1)/0.25 at 1.125.
    ['dc m find v(out) at=1.125', 1.28125],
    // Going down, the output falls through 1 at 1.
    ['dc m when v(out)=1 fall=1', 1],
    ['dc m max v(out)', 4],
    ['dc m integ v(out)', 2.6875],
    ['dc m deriv v(out) at=1', 2],
  ])('descending sweep: %s', async (text, value) => {
    expect((await resultOf(sweep, text)).value).toBeCloseTo(value, 12);
  });

  test('measures may use others, also later ones', async () => {
    const results = await resultsOf(waves, [
      'tran twice param=2*top',
      'tran top max v(sine) from=1 to=2',
      'tran t when v(sine)=top/2 rise=1',
      'tran chain param=twice+top',
    ]);
    const values = new Map(results.map(({ name, value }) => [name, value]));
    expect(values.get('twice')).toBeCloseTo(2, 5);
    expect(values.get('t')).toBeCloseTo(1 / 12, 5);
    expect(values.get('chain')).toBeCloseTo(3, 5);
  });
});

describe('measures without a value', () => {
  test.each<[string, RegExp]>([
    ['tran m when v(e)=5', /v\(e\) never crosses 5\.000 V$/],
    ['tran m when v(e)=5 rise=1', /v\(e\) never rises through 5\.000 V$/],
    [
      'tran m when v(sine)=0.5 rise=9',
      /v\(sine\) rises through 500\.0 mV only 4 times, not 9 times$/,
    ],
    ['tran m when v(e)=0.5 td=2', /never crosses 500\.0 mV in the interval that counts$/],
    ['tran m find v(e) at=7', /the analysis does not reach 7\.000 s$/],
    ['tran m avg v(e) from=5 to=6', /lies outside of the analysis$/],
    ['tran m avg v(e) from=3 to=2', /runs backwards$/],
    ['tran m freq v(ramp)', /v\(ramp\) has no whole period in the window$/],
    ['tran m duty i(v1)', /i\(v1\) does not change$/],
    ['tran m on_time v(ramp)', /does not begin and end to be on within the window$/],
    ['tran m param=nothing*2', /unknown parameter 'nothing'/],
    ['tran m maximum v(e)', /there is no measure 'maximum'$/],
    ['tran m avg', /'avg' measures one signal, not 0$/],
    ['tran m avg v(e) fron=1', /'avg' has no setting 'fron'$/],
    ['tran m trig v(e) val=0.5', /'targ' is missing$/],
    ['tran m trig v(e) targ v(e) val=1', /'trig' needs a signal and val=…, or at=…$/],
    ['tran m find v(e)', /'find' lacks at=… or a condition$/],
    ['tran m when v(e)=0.5 rise=1.5', /'rise' cannot be 1\.5$/],
    ['tran m avg v(nowhere)', /there is no signal 'v\(nowhere\)'/],
    ['ac m max v(e)', /there is no \.ac analysis in this deck$/],
  ])('%s', async (text, reason) => {
    const { value, failure } = await resultOf(waves, text);
    expect(value).toBeUndefined();
    expect(failure!.message).toMatch(reason);
    expect(failure!.span).toBeDefined();
  });

  test('the default takes the place of a value, and the reason stays', async () => {
    const result = await resultOf(waves, 'tran m when v(e)=5 default_val=-1');
    expect(result.value).toBe(-1);
    expect(result.failure!.message).toContain('never crosses');
  });

  test('what depends on a failed measure says so', async () => {
    const { failure } = await resultOf(waves, 'tran a when v(e)=5', 'tran b param=2*a');
    expect(failure!.message).toBe("no value: 'a', which it depends on, has none");
  });

  test('what an interrupted analysis did not reach has no value', async () => {
    const results = await resultsOf(
      waves,
      [
        'tran all avg v(e)',
        'tran part avg v(e) to=2',
        'tran late when v(e)=5',
        'tran early when v(e)=0.5',
      ],
      false,
    );
    expect(results.map(({ failure }) => failure?.message)).toEqual([
      'no value: the analysis stopped at 4.000 s, within the window',
      undefined,
      'no value: v(e) never crosses 5.000 V before the analysis stopped at 4.000 s',
      undefined,
    ]);
  });

  test('within minval counts as reached', async () => {
    const { value } = await resultOf(waves, 'tran m when v(e)=0.99 minval=0.01');
    // 1 - exp(-4) = 0.98168 at the end is within 0.01.
    expect(value).toBe(4);
  });
});

describe('the list of measures', () => {
  test('names are unique, usage begins with a card of the name', () => {
    const names = measures.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, usage } of measures) expect(usage).toContain(` ${name}`);
  });
});
