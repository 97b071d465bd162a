import type { Options } from 'yargs';
import { dialectOption } from '../commands/run-arguments.js';

export const characterizeOptions: Readonly<Record<string, Options>> = {
  spec: {
    type: 'string',
    requiresArg: true,
    describe: 'File of settings; other options override it',
  },
  input: {
    type: 'string',
    requiresArg: true,
    describe:
      "What is varied first: 'v(in)=0:1', 'v(in)=0:1:0.01' (step of the first knots), 'r=1k:1meg:log', 'r=1k,2k' (these values only)",
  },
  sweep: {
    type: 'string',
    requiresArg: true,
    describe: 'What else is varied, likewise (may be repeated)',
  },
  frequency: {
    type: 'string',
    requiresArg: true,
    describe: 'Small signals over a range of frequencies: 1k:1g',
  },
  output: {
    type: 'string',
    requiresArg: true,
    describe: "What is read: an expression such as 'v(out)' or 'vdb(out)' (may be repeated)",
  },
  measure: {
    type: 'string',
    requiresArg: true,
    describe: "Read a .meas of the deck's analyses instead (may be repeated)",
  },
  event: {
    type: 'string',
    requiresArg: true,
    describe: "How likely a measure passes a limit: 'vout>0.5'; see --runs",
  },
  quantiles: {
    type: 'string',
    requiresArg: true,
    describe: 'How a .meas scatters over the runs of a Monte Carlo (may be repeated); see --runs',
  },
  runs: {
    type: 'number',
    requiresArg: true,
    describe: 'Monte Carlo runs at each point  [default: 1000]',
  },
  seed: { type: 'number', requiresArg: true, describe: 'Seed of the draws  [default: 1]' },
  tolerance: {
    type: 'number',
    requiresArg: true,
    describe: "Error that is accepted, as a part of each output's range  [default: 0.001]",
  },
  refine: {
    type: 'boolean',
    describe: 'Add knots until the error is met; --no-refine keeps to the first ones',
  },
  verify: {
    type: 'number',
    requiresArg: true,
    describe: 'Random points that check the error  [default: 1000, or 20 that are Monte Carlos]',
  },
  check: {
    type: 'string',
    requiresArg: true,
    describe:
      'Compare an existing characteristic with its circuit at --verify fresh random points (--seed)',
  },
  budget: {
    type: 'number',
    requiresArg: true,
    describe: 'Most simulations  [default: 200000]',
  },
  name: { type: 'string', requiresArg: true, describe: 'Of the characteristic' },
  param: {
    type: 'string',
    requiresArg: true,
    describe: 'Replace a .param of the deck: name=value (may be repeated)',
  },
  out: {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    describe: 'Folder for the results  [default: <deck>.out beside the deck]',
  },
  'plot-format': {
    type: 'string',
    requiresArg: true,
    describe: 'Form of the pictures: svg, png  [default: svg]',
  },
  threads: {
    type: 'number',
    requiresArg: true,
    describe: 'Worker threads; 1 does without  [default: one a core where runs take long, else 1]',
  },
  fresh: { type: 'boolean', describe: 'Simulate everything anew, also what is done' },
  dialect: dialectOption,
  quiet: { alias: 'q', type: 'boolean', describe: 'Print errors only' },
};
