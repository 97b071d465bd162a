import { boltzmann, DiagnosticError, error } from '../../base/index.js';
import { type OpenCircuit, openCircuit } from '../../solver/index.js';
import { generateDefaults } from '../generate/index.js';
import { teamSynapse } from '../networks/synapse-grid/index.js';
import { drawStreams, normalDraw } from '../trainers/draws.js';
import type { World } from '../trainers/trainer.js';
import { CircuitNetwork, type NetworkCircuitSettings } from './circuit-network.js';
import type { CosimSettings } from './cosim-settings.js';
import { EquationNetwork, type ReadNoise } from './equation-network.js';
import type { LayerSize, NetworkBlock } from './network-block.js';
import type { PhaseLengths } from './network-drive.js';
import { characteristicNeuron, idealNeuron, neuronTable } from './neuron-function.js';
import { NodeNoise } from './node-noise.js';
import { type DeckChanges, synapseOf } from './open-grid.js';
import { QuasiStaticNetwork } from './quasi-static-network.js';
import { demanded } from './steered-grid.js';
import { type SteeredNetwork, steeredNetwork } from './steered-network.js';

/** Length of an inverted read (table 1) [s]. */
const invertedReadTime = 5e-6;

export function phasesOf(settings: CosimSettings): PhaseLengths {
  const { hidden, readTime: read, writeTime: write } = settings;
  return { read, inverted: hidden.length > 0 ? invertedReadTime : 0, write };
}

/**
 * The network at a level of its grids.
 *
 * @throws DiagnosticError for a level that lacks something, or a deck that cannot be opened
 */
export function openNetwork(
  level: CosimSettings['grid'],
  sizes: readonly LayerSize[],
  settings: CosimSettings,
  world: World,
  seed: number,
): NetworkBlock {
  if (level === 'ideal' || level === 'characteristic') {
    const synapse = level === 'ideal' ? teamSynapse(settings) : synapseOf(settings, world);
    const neuron =
      settings.neuron === 'characteristic'
        ? characteristicNeuron(world.characteristic(settings.neuronCharacteristic!), settings)
        : idealNeuron(settings);
    return new EquationNetwork(sizes, settings, synapse, neuron, readNoise(settings, seed));
  }
  // Judgements are of the circuit at its temperature, without noise.
  const openSteady = (noisy: boolean): QuasiStaticNetwork => {
    const own: CosimSettings = { ...settings, feedback: 'ideal' };
    const deck = networkDeck(sizes, own, world, { noisy });
    return new QuasiStaticNetwork(deck, opened(deck), circuitSettings(own, sizes, noisy, seed));
  };
  const noisy = settings.noiseTemperature !== undefined;
  if (level === 'quasi-static') return openSteady(noisy);
  const deck = networkDeck(sizes, settings, world, { noisy });
  const own = circuitSettings(settings, sizes, noisy, seed);
  const { read, inverted, write } = own.phases;
  // Failed samples do not count; the last of all ends on the plan's end.
  const stop = 1.001 * settings.samples * (read + inverted + write);
  return new CircuitNetwork(deck, opened(deck), own, stop, () => openSteady(false));
}

function opened({ text }: SteeredNetwork): OpenCircuit {
  const { circuit, diagnostics } = openCircuit(text);
  return demanded(circuit, diagnostics);
}

function circuitSettings(
  settings: CosimSettings,
  sizes: readonly LayerSize[],
  noisy: boolean,
  seed: number,
): NetworkCircuitSettings {
  const { a, sawtooth, maxStep, noiseTemperature } = settings;
  const own = { a, sawtooth, maxStep, phases: phasesOf(settings), circuits: circuitsOf(settings) };
  if (!noisy || noiseTemperature === undefined) return own;
  return { ...own, noise: new NodeNoise(sizes, { ...settings, noiseTemperature }, seed) };
}

function circuitsOf({ feedback, subtraction, neuron }: CosimSettings) {
  return {
    feedback: feedback === 'circuit',
    subtraction: subtraction === 'circuit',
    neuron: neuron === 'circuit',
  };
}

/** Thermal noise of rout, amplified as the signal is: as `synapse-grid` has it. */
function readNoise(settings: CosimSettings, seed: number): ReadNoise | undefined {
  const { noiseTemperature, noiseBandwidth, rout, a } = settings;
  if (noiseTemperature === undefined) return undefined;
  const kelvin = noiseTemperature + 273.15;
  const thermal = Math.sqrt(4 * boltzmann * kelvin * rout * noiseBandwidth);
  if (thermal === 0) return undefined;
  return (number, layer, outputs) => {
    for (let n = 0; n < outputs.length; n++) {
      const draw = normalDraw(seed, drawStreams.thermalNoise, number, layer * 65536 + n);
      outputs[n] += a * thermal * draw;
    }
  };
}

/** The deck of a network of the settings. */
export function networkDeck(
  sizes: readonly LayerSize[],
  settings: CosimSettings,
  world: World,
  { states, noisy = false, ...changes }: DeckChanges & { readonly noisy?: boolean } = {},
): SteeredNetwork {
  if (!world.circuit)
    throw new DiagnosticError([error('A463', 'there are no circuits here to build a grid from')]);
  const synapses = sizes.reduce((sum, { columns, rows }) => sum + columns * rows, 0);
  const { transistors, length, shock, reltol, maxStep, noiseTemperature: temperature } = settings;
  const { neuronGain, neuronScale, backward } = settings;
  const { rout, rref, ron, roff, k, threshold, alpha, thickness, a, writeTime } = settings;
  const memristor = { ron, roff, kon: -k, koff: k, ion: -threshold, ioff: threshold };
  const law = { alphaon: alpha, alphaoff: alpha, xon: 0, xoff: thickness };
  return steeredNetwork(
    {
      ...generateDefaults,
      ...{ transistors, length, shock, reltol, maxStep, neuronGain, neuronScale, backward },
      library: 'analog-network',
      sizes,
      initial: states ?? new Float64Array(synapses).fill(0.5),
      circuits: circuitsOf(settings),
      ...tablesOf(settings, world),
      biasVoltage: settings.bias,
      noisy,
      ...(temperature === undefined ? {} : { temperature }),
      parameters: {
        rout,
        rref,
        a,
        twrite: writeTime,
        vsaw: settings.sawtooth,
        ...memristor,
        ...law,
      },
      ...changes,
    },
    (path) => world.circuit!(path),
  );
}

function tablesOf(settings: CosimSettings, world: World) {
  if (settings.neuron !== 'characteristic') return {};
  const measured = world.characteristic(settings.neuronCharacteristic!);
  const [x, w] = (['x', 'w'] as const).map((output) => neuronTable(measured, output, settings));
  return { neuronTables: { x, w } };
}
