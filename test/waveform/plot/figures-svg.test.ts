import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { diverging, isDark, sequential } from '../../../src/waveform/plot/colour-ramp.js';
import { barsSvg, heatmapSvg, imagesSvg } from '../../../src/waveform/plot/index.js';
import { indexedPng } from '../../../src/waveform/plot/indexed-png.js';

/** Chunks of a PNG as an independent reader sees them: length, name, content, sum. */
function chunksOf(bytes: Uint8Array): Map<string, Buffer> {
  const file = Buffer.from(bytes);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
    const length = file.readUInt32BE(at);
    const named = file.subarray(at + 4, at + 8 + length);
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(named));
    chunks.set(named.toString('latin1', 0, 4), named.subarray(4));
  }
  return chunks;
}

/** Pixels of the image in a picture, by zlib's own inflate. */
function pixelsOf(bytes: Uint8Array): { width: number; height: number; rows: number[][] } {
  const chunks = chunksOf(bytes);
  const head = chunks.get('IHDR')!;
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const raw = inflateSync(chunks.get('IDAT')!);
  const rows = Array.from({ length: height }, (_, y) => [
    ...raw.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)),
  ]);
  return { width, height, rows };
}

const embedded = (svg: string): Uint8Array[] =>
  [...svg.matchAll(/base64,([^"]*)"/g)].map(([, text]) => Buffer.from(text, 'base64'));
const count = (svg: string, part: string): number => svg.split(part).length - 1;

describe('a bitmap', () => {
  // More than one block of 65 535 bytes.
  test('is read by an independent decoder as it was', () => {
    const [width, height] = [301, 250];
    const pixels = Uint8Array.from({ length: width * height }, (_, k) => (k * 7) % 251);
    const file = indexedPng({ width, height, pixels, colours: [[1, 2, 3]] });
    const read = pixelsOf(file);
    expect([read.width, read.height]).toEqual([width, height]);
    expect(Uint8Array.from(read.rows.flat())).toEqual(pixels);
    expect([...chunksOf(file).get('PLTE')!]).toEqual([1, 2, 3]);
  });
});

describe('images', () => {
  test('stand in their panel row by row, a pixel apart', () => {
    // Three images of 1 × 2 pixels: two in the first row, one in the second.
    const panels = [{ label: 'clean', pixels: Uint8Array.of(1, 2, 3, 4, 5, 255) }];
    const svg = imagesSvg({ title: 'a', rows: 1, columns: 2, panels, colours: 'grey' });
    expect(pixelsOf(embedded(svg)[0]).rows).toEqual([
      [1, 2, 255, 3, 4],
      [255, 255, 255, 255, 255],
      // What would be the colour of the gap is the brightest of the image.
      [5, 254, 255, 255, 255],
    ]);
  });

  test('one bitmap for each panel, and none is wider than the picture', () => {
    const pixels = new Uint8Array(100 * 28 * 28);
    const panels = ['clean', 'noisy', 'denoised'].map((label) => ({ label, pixels }));
    const svg = imagesSvg({ title: 'a', rows: 28, columns: 28, panels, colours: 'signed' });
    expect(embedded(svg)).toHaveLength(3);
    const width = Number(/^<svg[^>]* width="([\d.]+)"/.exec(svg)![1]);
    const ends = [...svg.matchAll(/class="panel" x="(\d+)" y="\d+" width="(\d+)"/g)].map(
      ([, x, size]) => Number(x) + Number(size),
    );
    expect(ends).toHaveLength(3);
    for (const end of ends) expect(end).toBeLessThan(width);
    expect(svg.length).toBeLessThan(400_000);
  });
});

describe('a heat map', () => {
  const values = [
    [1, 0],
    [0.25, NaN],
  ];
  const about = { title: 'a', rowTitle: 'class', columnTitle: 'answer' };
  test('has a cell for each number, with the text in it', () => {
    const texts = [
      ['8', ''],
      ['2', '6'],
    ];
    const svg = heatmapSvg({
      ...about,
      values,
      texts,
      rowNames: ['a', 'b'],
      columnNames: ['a', 'b'],
    });
    expect(count(svg, 'class="cell"')).toBe(3);
    // White at zero, the end of the ramp at the largest.
    expect(svg).toContain('fill="#ffffff"/>');
    expect(svg).toContain('fill="#004a80"/>');
    expect(svg).toContain('>8</text>');
    expect(svg).not.toContain('>6</text>');
  });

  test('of many classes leaves texts and some names out rather than let them overlap', () => {
    const many = Array.from({ length: 100 }, (_, k) => `class number ${k}`);
    const svg = heatmapSvg({
      ...about,
      values: many.map((_, i) => many.map((__, j) => (i === j ? 1 : 0))),
      texts: many.map(() => many.map(() => '123')),
      rowNames: many,
      columnNames: many,
    });
    expect(count(svg, '>123</text>')).toBe(0);
    expect(count(svg, 'class number')).toBeLessThan(100);
    expect(count(svg, 'rotate(-45)')).toBeGreaterThan(20);
  });
});

describe('bars', () => {
  const groups = [
    { name: 'W1', bars: [1000, 10], bound: 10_000 },
    { name: 'W2', bars: [100, 0] },
  ];
  const request = { title: 'a', label: 'Changes', series: ['most', 'mean'], groups };
  const heights = (svg: string): number[] =>
    [...svg.matchAll(/class="bar"[^>]* height="([\d.]+)"/g)].map(([, h]) => Number(h));

  test('are as high as their numbers, and zeros have none', () => {
    const [first, second, third, ...others] = heights(
      barsSvg({ ...request, groups: groups.map(({ name, bars }) => ({ name, bars })) }),
    );
    expect(others).toEqual([]);
    // Places are rounded to hundredths of a pixel, of which the least bar has some 2.5.
    expect(Math.abs(first / second - 100)).toBeLessThan(0.5);
    expect(first / third).toBeCloseTo(10, 1);
  });

  test('a decade is a step on a logarithmic axis, and the bound a line', () => {
    const svg = barsSvg({ ...request, logarithmic: true, boundLabel: 'bound (3)' });
    const [thousand, ten, hundred] = heights(svg);
    expect(thousand - hundred).toBeCloseTo(hundred - ten, 1);
    const tops = [...svg.matchAll(/class="bar" x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) =>
      Number(y),
    );
    const bound = Number(/class="bound" d="M\d+,([\d.]+)/.exec(svg)![1]);
    // 10 000 is one decade above 1000.
    expect(tops[0] - bound).toBeCloseTo(thousand - hundred, 1);
    expect(svg).toContain('>bound (3)</text>');
  });
});

test('ramps begin at white and go to opposite ends', () => {
  expect(sequential(0)).toEqual([255, 255, 255]);
  expect(diverging(0)).toEqual([255, 255, 255]);
  expect(diverging(-1)[2]).toBeGreaterThan(diverging(-1)[0]);
  expect(diverging(1)[0]).toBeGreaterThan(diverging(1)[2]);
  expect([isDark(sequential(0)), isDark(sequential(1))]).toEqual([false, true]);
});
