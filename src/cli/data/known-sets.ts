/** Data sets that are known by name: their files, and where they come from. */

import type { LabelledData } from '../../arch/datasets/index.js';

/** A file of a set. */
export interface SetFile {
  /** Its name without `.gz`; with or without, it may lie in the set's folder or above it. */
  readonly name: string;
  /** Of its content, unpacked. */
  readonly sha256?: string;
}

export interface KnownSet {
  readonly name: string;
  readonly title: string;
  readonly kind: 'csv' | 'idx' | 'cifar';
  /** Of images in CSV, which does not say it: planes, rows, columns, and the value of full brightness. */
  readonly images?: Required<Pick<LabelledData, 'shape' | 'full'>>;
  /** Folder in a data folder. */
  readonly folder: string;
  /** Of CSV one file; of images a list for training and one for test. */
  readonly training: readonly SetFile[];
  readonly test: readonly SetFile[];
  /** Comes with the project. */
  readonly shipped: boolean;
  /** What `oxspice data get` fetches, the first that answers; a .tar.gz is unpacked. */
  readonly sources: readonly string[];
}

const uci = (name: string, title: string, file: string): KnownSet => ({
  name,
  title,
  kind: 'csv',
  folder: 'uci',
  training: [{ name: file }],
  test: [],
  shipped: true,
  sources: [],
});

const idx = (part: string, images: string, labels: string): SetFile[] => [
  { name: `${part}-images-idx3-ubyte`, sha256: images },
  { name: `${part}-labels-idx1-ubyte`, sha256: labels },
];

/** Every set, one entry each. */
export const knownSets: readonly KnownSet[] = [
  uci('iris', 'Iris flowers, 150 × 4, three classes', 'iris.csv'),
  uci('wine', 'Wine, 178 × 13, three classes', 'wine_data.csv'),
  uci('wdbc', 'Breast Cancer Wisconsin (Diagnostic), 569 × 30, two classes', 'breast_cancer.csv'),
  {
    ...uci('digits', 'Handwritten digits, 1797 × 64, ten classes', 'digits.csv'),
    images: { shape: [1, 8, 8], full: 16 },
  },
  {
    name: 'mnist',
    title: 'MNIST, 60 000 and 10 000 digits of 28 × 28 pixels',
    kind: 'idx',
    folder: 'mnist',
    // Of the unpacked files; their MD5 sums are those that the set's first page gave.
    training: idx(
      'train',
      'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    ),
    test: idx(
      't10k',
      '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    ),
    shipped: false,
    sources: [
      'https://storage.googleapis.com/cvdf-datasets/mnist/',
      'https://ossci-datasets.s3.amazonaws.com/mnist/',
    ],
  },
  {
    name: 'cifar10',
    title: 'CIFAR-10, 50 000 and 10 000 pictures of 32 × 32 pixels in colour',
    kind: 'cifar',
    folder: 'cifar10',
    training: [1, 2, 3, 4, 5].map((k) => ({ name: `data_batch_${k}.bin` })),
    test: [{ name: 'test_batch.bin' }],
    shipped: false,
    sources: ['https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz'],
  },
];

/** Of the archives that `oxspice data get` fetches whole. */
export const archiveSums: Readonly<Record<string, string>> = {
  'cifar-10-binary.tar.gz': 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
};
