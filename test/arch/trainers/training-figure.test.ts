import { describe, expect, test } from 'vitest';
import { figuresOfTraining } from '../../../src/arch/index.js';
import {
  histogramFigure,
  imagesFigure,
  mostImages,
  type TrainingFigure,
  weightMaps,
} from '../../../src/arch/trainers/training-figure.js';

/** Bytes of the panels of a figure of images. */
function bytesOf(figure: TrainingFigure): number[][] {
  if (figure.kind !== 'images') throw new Error(figure.kind);
  return figure.panels.map(({ pixels }) => [...Buffer.from(pixels, 'base64')]);
}

describe('figures of details', () => {
  test('a confusion matrix is coloured by the part of each class', () => {
    const details = {
      classes: ['a', 'b', 'c'],
      confusion: [
        [3, 1, 0],
        [0, 2, 0],
        [0, 0, 0],
      ],
    };
    const [figure] = figuresOfTraining(details);
    expect(figure).toMatchObject({
      kind: 'heatmap',
      name: 'confusion',
      subtitle: '5 of 6 test samples are right',
      values: [
        [0.75, 0.25, 0],
        [0, 1, 0],
        // A class without samples.
        [0, 0, 0],
      ],
      texts: [
        ['3', '1', ''],
        ['', '2', ''],
        ['', '', ''],
      ],
    });
  });

  test('switching is shown per layer and per bit, with its bound', () => {
    const row = { devices: 8, mean: 4, bound: 10 };
    const weights = [{ ...row, layer: 'W1', most: 9, mostOfBit: [9, 4, 2, 1, 0, 0, 0, 0] }];
    const switching = { weights, states: [{ ...row, layer: 'L1', most: 7 }] };
    const [layers, bits] = figuresOfTraining({ switching });
    expect(layers).toMatchObject({
      groups: [
        { name: 'W1', bars: [9, 4], bound: 10 },
        { name: 'L1', bars: [7, 4], bound: 10 },
      ],
    });
    expect(bits).toMatchObject({ groups: [{ bars: [9, 4, 2, 1, 0, 0, 0, 0], bound: 10 }] });
  });

  test('what a trainer declares itself comes too, and nothing where there is nothing', () => {
    const own = histogramFigure('h', { title: 't', label: 'l', heading: 'n' }, [1, 2, 2]);
    expect(figuresOfTraining({ figures: [own] })).toEqual([own]);
    expect(figuresOfTraining({ states: [1] })).toEqual([]);
  });
});

test('images go from black at 0 to white at 1, planes of colour are averaged', () => {
  const figure = imagesFigure('i', 't', [2, 1, 2], { clean: [0, 1, 0.5, 1, 2, -1, 2, -3] });
  // (0 + 0.5)/2, (1 + 1)/2; then 2 and −2, which are cut off. White is 254.
  expect(bytesOf(figure)).toEqual([[64, 254, 254, 0]]);
});

test('of many images as many as the paper shows are kept', () => {
  const figure = imagesFigure('i', 't', [1, 2, 2], { clean: new Float32Array(4 * 250) });
  expect(bytesOf(figure)[0]).toHaveLength(4 * mostImages);
});

test('weights of all units have one scale, with zero in its middle', () => {
  const weights = [
    [0, -2],
    [1, 0.5],
  ];
  const figure = weightMaps('w', 't', [1, 1, 2], 2, (input, unit) => weights[unit][input]);
  expect(bytesOf(figure)).toEqual([[127, 0, 191, 159]]);
  expect(figure.subtitle).toContain('−2.00');
});

test('whole numbers have a bin each', () => {
  const figure = histogramFigure(
    'h',
    { title: 't', label: 'l', heading: 'n' },
    Int8Array.of(-1, 2, 2),
    true,
  );
  expect(figure).toMatchObject({
    bins: { edges: [-1.5, -0.5, 0.5, 1.5, 2.5], counts: [1, 0, 0, 2] },
  });
});
