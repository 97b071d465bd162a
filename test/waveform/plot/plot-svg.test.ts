import { describe, expect, it } from 'vitest';
import { DiagnosticError } from '../../../src/base/diagnostic.js';
import {
  Dataset,
  quantityOf,
  uniformGrid,
  type AnalysisKind,
  type QuantityKind,
} from '../../../src/waveform/index.js';
import { plotSvg, type PlotRequest } from '../../../src/waveform/plot/index.js';

type Described = readonly [name: string, kind: QuantityKind, f: (x: number) => number];

function dataset(analysis: AnalysisKind, x: Float64Array, ...columns: Described[]): Dataset {
  const scale = analysis === 'tran' ? 'time' : analysis === 'ac' ? 'frequency' : 'voltage';
  return new Dataset({ title: 'A <deck> & its title', analysis }, [
    { name: scale, quantity: quantityOf(scale), real: x },
    ...columns.map(([name, kind, f]) => ({
      name,
      quantity: quantityOf(kind),
      real: x.map(f),
      ...(analysis === 'ac' ? { imaginary: x.map(() => 0) } : {}),
    })),
  ]);
}

const time = uniformGrid(0, 1e-3, 1e-6);
const transient = dataset(
  'tran',
  time,
  ['v(in)', 'voltage', (t) => Math.sin(t * 1e4)],
  ['v(out)', 'voltage', (t) => Math.cos(t * 1e4)],
  ['i(v1)', 'current', (t) => t],
  ['n1.s', 'state', (t) => 1 - t],
);

/** The parts of a picture that a reader would name. */
function parts(svg: string) {
  const inside = (group: string) =>
    [...svg.matchAll(new RegExp(`<g class="${group}"[^>]*>(.*?)</g>`, 'g'))].map(([, g]) => g);
  const texts = (xml: string) => [...xml.matchAll(/<text[^>]*>([^<]*)</g)].map(([, t]) => t);
  return {
    panes: svg.split('class="pane"').length - 1,
    curves: inside('curves').map((g) => [...g.matchAll(/ d="([^"]*)"/g)].map(([, d]) => d)),
    legends: inside('legend').map(texts),
    titles: [...svg.matchAll(/class="[xy]-title"[^>]*>([^<]*)</g)].map(([, t]) => t),
    xLabels: inside('x-ticks').flatMap(texts),
    strokes: inside('curves').map((g) => [...g.matchAll(/stroke="([^"]*)"/g)].map(([, s]) => s)),
  };
}

describe('plotSvg', () => {
  it('gives logic signals a lane each, and lets sines lie over each other', () => {
    const square = (halves: number) => (t: number) => (Math.floor(t * halves * 1e3) % 2 ? 1.8 : 0);
    const counter = [16, 8, 4, 8].map((halves, k): Described => [
      `v(b${k})`,
      'voltage',
      square(halves),
    ]);
    const found = parts(plotSvg({ dataset: dataset('tran', time, ...counter) }));
    expect(found.legends).toEqual([['v(b0)'], ['v(b1)'], ['v(b2)'], ['v(b3)']]);
    const sines = [1, 2, 3, 4].map((k): Described => [
      `v(s${k})`,
      'voltage',
      (t) => Math.sin(k * t * 3e4),
    ]);
    expect(parts(plotSvg({ dataset: dataset('tran', time, ...sines) })).panes).toBe(1);
  });

  it('shows what moves by rounding alone as constant', () => {
    const still = dataset('tran', time, ['v(gate)', 'voltage', (t) => 0.271 + 1e-9 * t * 1e3]);
    const svg = plotSvg({ dataset: still });
    // Labels in mV round 271 mV, of a few digits each.
    expect(svg).toContain('>270<');
    expect(svg).not.toMatch(/>271\.0+\d/);
  });

  it('stacks a pane for each quantity over one time axis', () => {
    const found = parts(plotSvg({ dataset: transient }));
    expect(found.panes).toBe(3);
    expect(found.legends).toEqual([['v(in)', 'v(out)'], ['i(v1)'], ['n1.s']]);
    expect(found.titles).toEqual(['Voltage (V)', 'Current (mA)', 'State', 'Time (ms)']);
    expect(found.xLabels).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
  });

  it('has one path for each trace, within a clip of its own pane', () => {
    const svg = plotSvg({ dataset: transient });
    expect(parts(svg).curves.map((paths) => paths.length)).toEqual([2, 1, 1]);
    for (const i of [0, 1, 2]) {
      expect(svg).toContain(`<clipPath id="pane-${i}">`);
      expect(svg).toContain(`clip-path="url(#pane-${i})"`);
    }
  });

  it('shows the title as text', () => {
    const svg = plotSvg({ dataset: transient });
    expect(svg).toContain('>A &lt;deck&gt; &amp; its title</text>');
    expect(plotSvg({ dataset: transient, title: 'x\u0000\u001by' })).toContain('>xy</text>');
  });

  it('draws the named traces, in the order and with the names of the request', () => {
    const found = parts(plotSvg({ dataset: transient, traces: ['out', 'i(V1)'] }));
    expect(found.legends).toEqual([['v(out)'], ['i(v1)']]);
  });

  it('gives a trace one colour in both panes of a small-signal result', () => {
    const ac = dataset(
      'ac',
      Float64Array.of(1, 10, 100),
      ['v(a)', 'voltage', (f) => 1 / f],
      ['v(b)', 'voltage', (f) => -f],
    );
    const found = parts(plotSvg({ dataset: ac }));
    expect(found.titles).toEqual(['Voltage magnitude (dB)', 'Phase (°)', 'Frequency']);
    expect(found.strokes[0]).toEqual(found.strokes[1]);
    expect(new Set(found.strokes[0]).size).toBe(2);
    expect(found.xLabels).toEqual(['1 Hz', '10 Hz', '100 Hz']);
  });

  it('draws absolute values over a logarithmic axis on request', () => {
    const found = parts(plotSvg({ dataset: transient, traces: ['n1.s'], logY: true }));
    expect(found.titles[0]).toBe('|State|');
  });

  it('splits the curves of a nested sweep', () => {
    const inner = [0, 0.5, 1];
    const x = Float64Array.from([...inner, ...inner, ...inner]);
    const dc = dataset('dc', x, ['i(vd)', 'current', (v) => v]);
    const { curves, titles } = parts(plotSvg({ dataset: dc }));
    expect(curves[0][0].match(/M/g)).toHaveLength(3);
    expect(titles).toContain('Swept voltage (V)');
  });

  it('draws one signal over another', () => {
    const found = parts(plotSvg({ dataset: transient, x: 'in', traces: ['out'] }));
    expect(found.titles).toEqual(['Voltage (V)', 'v(in) (V)']);
  });

  it('leaves a gap where a value is no number', () => {
    const gap = dataset('tran', Float64Array.of(0, 1, 2, 3, 4), [
      'v(a)',
      'voltage',
      (t) => (t === 2 ? NaN : t),
    ]);
    expect(parts(plotSvg({ dataset: gap })).curves[0][0].match(/M/g)).toHaveLength(2);
  });

  it('stays small with a million points and keeps every coordinate a number', () => {
    const long = dataset('tran', uniformGrid(0, 1, 1e-6), [
      'v(a)',
      'voltage',
      (t) => Math.sin(t * 1e6),
    ]);
    const svg = plotSvg({ dataset: long });
    expect(svg.length).toBeLessThan(60_000);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('gives voltages of very different swing panes of their own, the widest first', () => {
    const small: Described = ['v(small)', 'voltage', (t) => 0.06 * Math.sin(1e6 * t)];
    const large: Described = ['v(large)', 'voltage', (t) => 5 * Math.sin(1e6 * t)];
    const supply: Described = ['v(vdd)', 'voltage', () => 5];
    const svg = plotSvg({ dataset: dataset('tran', time, small, large, supply) });
    expect(parts(svg).legends).toEqual([['v(large)', 'v(vdd)'], ['v(small)']]);
    const alike = dataset('tran', time, large, ['v(other)', 'voltage', (t) => Math.sin(1e6 * t)]);
    expect(parts(plotSvg({ dataset: alike })).panes).toBe(1);
  });

  it('tells apart more traces than there are colours', () => {
    const many = Array.from({ length: 24 }, (_, i): Described => [
      `v(n${i})`,
      'voltage',
      (t) => t * i,
    ]);
    const all = dataset('tran', time, ...many);
    const svg = plotSvg({ dataset: all, traces: many.map(([name]) => name) });
    const styles = [
      ...svg.matchAll(/stroke="(#[0-9a-f]+)" stroke-width="2.25"( stroke-dasharray="[^"]*")?/g),
    ];
    expect(styles).toHaveLength(24);
    expect(new Set(styles.map(([style]) => style)).size).toBe(24);
    const chosen = plotSvg({ dataset: all });
    expect(parts(chosen).legends[0]).toHaveLength(8);
    expect(chosen).toContain('8 of 24 signals');
  });

  it('draws constants, and all of nothing but NaN, without fault', () => {
    const flat = dataset(
      'tran',
      time,
      ['v(a)', 'voltage', () => 5],
      ['i(b)', 'current', () => NaN],
    );
    expect(plotSvg({ dataset: flat })).not.toMatch(/="[^"]*NaN/);
    expect(plotSvg({ dataset: flat, logY: true })).not.toMatch(/="[^"]*NaN/);
  });
});

describe('plotSvg refuses', () => {
  function diagnostics(request: PlotRequest) {
    try {
      plotSvg(request);
    } catch (problem) {
      if (problem instanceof DiagnosticError) return problem.diagnostics;
      throw problem;
    }
    throw new Error('nothing was refused');
  }

  it('an operating point', () => {
    const op = dataset('op', Float64Array.of(1), ['v(a)', 'voltage', (v) => v]);
    expect(diagnostics({ dataset: op })).toMatchObject([
      { code: 'W401', message: 'an operating point has a single point: there is no curve to plot' },
    ]);
  });

  it('a name that is not there, and says which is near', () => {
    const [found] = diagnostics({ dataset: transient, traces: ['v(outt)'] });
    expect(found).toMatchObject({ code: 'W402', help: ["did you mean 'v(out)'?"] });
  });

  it('a dataset of a scale alone', () => {
    expect(diagnostics({ dataset: dataset('tran', time) })[0].code).toBe('W403');
  });
});
