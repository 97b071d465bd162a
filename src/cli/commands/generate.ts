import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnalogSample, GenerateOptions } from '../../arch/index.js';
import { parseQuantity } from '../../base/index.js';
import { circuitsFolder } from '../circuits-folder.js';
import type { Arguments, Command } from '../command.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { readSamples } from '../read-samples.js';
import { writeFile } from '../results/open-file.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** What can be generated, with the options that not all of them have. */
const optionsOf = {
  grid: ['inputs', 'outputs', 'values', 'errors', 'spread', 'reading'],
  layer: ['inputs', 'outputs', 'values', 'targets', 'samples', 'spread', 'reading'],
  network: ['layers', 'values', 'targets', 'samples', 'spread', 'reading'],
  'array-2t2r': ['rows', 'columns', 'read', 'lump'],
} as const;

type Kind = keyof typeof optionsOf;

const kinds = Object.keys(optionsOf) as Kind[];

/** `oxspice generate grid|layer|network|array-2t2r …`: writes the deck of an array of any size. */
export const generate: Command = {
  name: 'generate',
  positionals: '<what>',
  describe: 'Write the deck of a grid, a layer or a network of 2T1M synapses, or of a 2T2R array',
  options: {
    inputs: { type: 'number', requiresArg: true, describe: 'Columns, without the bias' },
    outputs: { type: 'number', requiresArg: true, describe: 'Rows' },
    layers: {
      type: 'string',
      requiresArg: true,
      describe: 'Sizes of a network: inputs, hidden layers, outputs, as 4,4,3',
    },
    values: {
      type: 'string',
      requiresArg: true,
      describe: 'Inputs [V], one for each column  [default: 0.5 each]',
    },
    errors: {
      type: 'string',
      requiresArg: true,
      describe:
        'Errors [V] that a grid is written by, one for each row  [default: it is only read]',
    },
    targets: {
      type: 'string',
      requiresArg: true,
      describe: 'Targets [V], one for each row  [default: 8m for the first, 0 for the others]',
    },
    samples: {
      type: 'string',
      requiresArg: true,
      describe: 'File of samples instead: JSON, [{"inputs": […], "targets": […]}, …]',
    },
    bias: { type: 'boolean', default: true, describe: 'A synapse with constant input in each row' },
    state: {
      type: 'string',
      requiresArg: true,
      default: '0.5',
      describe: 'State of all memristors at the start, 0 (on) to 1 (off)',
    },
    spread: {
      type: 'string',
      requiresArg: true,
      describe: 'Random states, uniform in 0.5 ± spread',
    },
    seed: { type: 'number', requiresArg: true, default: 1, describe: 'Seed of what is drawn' },
    transistors: {
      choices: ['bsim3', 'level1'],
      default: 'bsim3',
      describe: 'Cards of the transistors',
    },
    memristor: {
      choices: ['team', 'behavioural'],
      default: 'team',
      describe: 'The device, or behavioural sources for other simulators',
    },
    periphery: {
      choices: ['ideal', 'transistor'],
      default: 'ideal',
      describe: 'What stands round the grids of a layer or network',
    },
    reading: {
      choices: ['p-channel', 'n-channel'],
      describe:
        'The transistor that synapses are read through; the n-channel one loses less  ' +
        '[default: p-channel, as in the paper; n-channel with several layers]',
    },
    length: {
      type: 'string',
      requiresArg: true,
      default: '0.25u',
      describe: "Length of the synapses' channels [m]",
    },
    shock: {
      type: 'string',
      requiresArg: true,
      default: '1p',
      describe: 'Shock capacitor of each synapse [F]; 0 for none',
    },
    rows: { type: 'number', requiresArg: true, describe: 'Rows of a 2T2R array' },
    columns: { type: 'number', requiresArg: true, describe: 'Columns of a 2T2R array' },
    pulses: {
      type: 'number',
      requiresArg: true,
      default: 300,
      describe: 'Weak-RESET pulses that the devices of a 2T2R array have had',
    },
    read: {
      type: 'string',
      requiresArg: true,
      describe: 'Rows of a 2T2R array that are read, from 0, as 0,3  [default: all]',
    },
    lump: {
      type: 'boolean',
      describe: 'Rows of a 2T2R array that are not read as one row of as many cells in parallel',
    },
    output: {
      alias: 'o',
      type: 'string',
      requiresArg: true,
      describe: 'File for the deck  [default: standard output]',
    },
    'self-contained': {
      type: 'boolean',
      describe: 'Write the libraries into the deck instead of naming their files',
    },
  },
  examples: [
    ['$0 generate grid --inputs 30 --outputs 2 --spread 0.1', 'a grid that is read'],
    ['$0 generate array-2t2r --rows 64 --columns 64 --read 0 -o array.cir', 'a row of weights'],
    ['$0 generate network --layers 4,4,3 --spread 0.1 -o net.cir', 'one training iteration'],
  ],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    const kind = kinds.find((each) => each === given.what);
    if (!kind)
      throw new UsageError('C160', `there is no '${String(given.what)}' to generate`, [
        `it is one of ${kinds.join(', ')}`,
      ]);
    refuseOptionsOfOthers(kind, given);
    const { inlineIncludes } = await import('../../arch/index.js');
    const named = await deckOf(kind, given);
    const text =
      given['self-contained'] === true
        ? inlineIncludes(named, (path) => readFileSync(path, 'utf8'))
        : named;
    if (typeof given.output === 'string') writeFile(given.output, text);
    else terminal.out(text);
    return exitCodes.ok.code;
  },
};

function refuseOptionsOfOthers(kind: Kind, given: Arguments): void {
  const own: readonly string[] = optionsOf[kind];
  const foreign = Object.values(optionsOf)
    .flat()
    .find((name) => !own.includes(name) && given[name] !== undefined);
  if (foreign !== undefined)
    throw new UsageError('C167', `--${foreign} is not an option of '${kind}'`, [
      `it has ${own.map((name) => `--${name}`).join(', ')}, and those that all have`,
    ]);
}

async function deckOf(kind: Kind, given: Arguments): Promise<string> {
  if (kind === 'array-2t2r') return arrayDeck(given);
  const { generateGrid, generateNetwork } = await import('../../arch/index.js');
  const layers =
    kind === 'network' ? sizes(given) : [size(given, 'inputs'), size(given, 'outputs')];
  const options = readOptions(given);
  if (kind === 'grid') {
    const [inputs, outputs] = layers;
    const values = numbers(given, 'values') ?? new Array<number>(inputs).fill(0.5);
    const errors = numbers(given, 'errors');
    return generateGrid({ ...options, inputs, outputs, values, ...(errors ? { errors } : {}) })
      .text;
  }
  return generateNetwork({ ...options, layers, samples: samplesOf(given, layers) }).text;
}

async function arrayDeck(given: Arguments): Promise<string> {
  const { generateArray2t2r } = await import('../../arch/index.js');
  const { rows, columns } = given;
  if (typeof rows !== 'number' || typeof columns !== 'number')
    throw new UsageError('C166', 'an array needs --rows and --columns', [
      'such as --rows 64 --columns 64 --read 0',
    ]);
  const read = numbers(given, 'read');
  return generateArray2t2r({
    rows,
    columns,
    pulses: Number(given.pulses),
    seed: Number(given.seed),
    lump: given.lump === true,
    ...(read ? { read } : {}),
    library: join(circuitsFolder(), 'weak-reset-network'),
  }).text;
}

function samplesOf(given: Arguments, layers: readonly number[]): readonly AnalogSample[] {
  if (typeof given.samples === 'string') return readSamples(given.samples);
  const rows = layers[layers.length - 1];
  const inputs = numbers(given, 'values') ?? new Array<number>(layers[0]).fill(0.5);
  const targets =
    numbers(given, 'targets') ?? Array.from({ length: rows }, (_, n) => (n === 0 ? 8e-3 : 0));
  return [{ inputs, targets }];
}

function readOptions(given: Arguments): Partial<GenerateOptions> {
  const spread = numbers(given, 'spread')?.[0];
  return {
    bias: given.bias !== false,
    transistors: given.transistors as GenerateOptions['transistors'],
    memristor: given.memristor as GenerateOptions['memristor'],
    periphery: given.periphery as GenerateOptions['periphery'],
    ...(given.reading === undefined
      ? {}
      : { reading: given.reading as GenerateOptions['reading'] }),
    length: numbers(given, 'length')![0],
    shock: numbers(given, 'shock')![0],
    states:
      spread === undefined ? numbers(given, 'state')![0] : { spread, seed: Number(given.seed) },
    library: join(circuitsFolder(), 'analog-network'),
  };
}

function sizes(given: Arguments): number[] {
  const found = numbers(given, 'layers') ?? [];
  if (found.length > 1 && found.every((each) => Number.isInteger(each) && each > 0)) return found;
  throw new UsageError('C161', 'a network needs whole numbers of inputs and rows for --layers', [
    'such as --layers 4,4,3',
  ]);
}

function size(given: Arguments, name: 'inputs' | 'outputs'): number {
  const value = given[name];
  if (Number.isInteger(value) && Number(value) > 0) return Number(value);
  throw new UsageError('C162', `a grid or layer needs a whole number for --${name}`, [
    'such as --inputs 30 --outputs 2',
  ]);
}

/** Quantities with commas between them; undefined where the option is not there. */
function numbers(given: Arguments, name: string): number[] | undefined {
  const text = given[name];
  if (typeof text !== 'string') return undefined;
  return text.split(',').map((word) => {
    const value = parseQuantity(word.trim());
    if (value !== undefined) return value;
    throw new UsageError('C163', `'${word}' in --${name} is not a number`, [
      'several numbers have commas between them, as 4,4,3',
    ]);
  });
}
