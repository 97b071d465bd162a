import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { arrayMultiplier } from '../../../bench/generators/array-multiplier.mjs';
import { environment } from '../../../src/devices/language/compiled.js';
import { parseNetlist } from '../../../src/netlist/index.js';
import { AnalysisContext } from '../../../src/solver/analyses/analysis.js';
import { analyses, bindOptions, compileInstance, simulate } from '../../../src/solver/index.js';
import { newStatistics } from '../../../src/solver/statistics.js';
import { System } from '../../../src/solver/system/system.js';
import {
  type EvaluationTask,
  ThreadedEvaluation,
  type ThreadSource,
} from '../../../src/solver/system/threaded-evaluation.js';
import { WasmEvaluation } from '../../../src/solver/system/wasm-evaluation.js';
import type { Dataset } from '../../../src/waveform/index.js';
import { inverterChain } from './inverter-chain.js';

const body = `
const { workerData: { module, memory, entry } } = require('node:worker_threads');
new WebAssembly.Instance(module, { env: { memory } }).exports[entry]();`;

/** Real threads, and whether they ended by themselves. */
class Threads implements ThreadSource {
  readonly processors = 2;
  readonly exits: Promise<unknown[]>[] = [];

  start(task: EvaluationTask): void {
    const worker = new Worker(body, { eval: true, workerData: task, execArgv: [] });
    worker.unref();
    this.exits.push(once(worker, 'exit'));
  }
}

function contextOf(text: string, threads: number, source: ThreadSource): AnalysisContext {
  const { circuit, diagnostics } = parseNetlist(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const options = { ...bindOptions(circuit!.options, []), threads };
  const system = new System(circuit!, options, compileInstance, { threads: source, leastWork: 0 });
  if (threads > 1) awaitHelpers(system, threads - 1);
  return new AnalysisContext(system, newStatistics(), []);
}

/** The first evaluation starts threads. */
function awaitHelpers({ evaluation, memory }: System, count: number): void {
  if (!(evaluation instanceof ThreadedEvaluation)) throw new Error('threads were not used');
  const limits = memory.groups.map(({ instance }) => instance.slice());
  evaluation.evaluateStatic();
  memory.groups.forEach(({ instance }, k) => {
    instance.set(limits[k]);
  });
  const started = performance.now();
  while (evaluation.helpers < count)
    if (performance.now() - started > 10_000) throw new Error('threads do not listen');
}

function runTransient(context: AnalysisContext): Dataset {
  const card = context.system.circuit.analyses[0];
  const run = analyses.find(({ name }) => name === card.name)!.start(context, card)!;
  let next = run.steps.next();
  while (!next.done) next = run.steps.next();
  expect(next.value).toBeUndefined();
  return run.dataset.finish();
}

function firstDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.findIndex((value, k) => !Object.is(value, b[k]));
}

/** Transistors with limits, charges and a supply that all share. */
const multiplier = arrayMultiplier(3, [[5, 3], [2, 7]], 1e-9); // prettier-ignore

/** Branches, behavioural sources, events, states, junctions: groups of all kinds, far apart. */
const mixture = `Mixture
.model d d(is=1e-14 cjo=1p tt=1n)
.model s sw(vt=0.5 vh=0.1 ron=10 roff=1meg)
.model mem team(kon=-100n koff=100n ion=-1u ioff=1u alphaon=2 alphaoff=2 ron=100 roff=200k xon=0 xoff=3n s0=0.5)
v1 in 0 sin(0 2 1meg)
l1 in a 1u
${Array.from({ length: 12 }, (_, k) => `r${k} a n${k} ${100 * (k + 1)}\nd${k} n${k} m${k % 4} d\nc${k} n${k} 0 ${k + 1}p`).join('\n')}
${Array.from({ length: 4 }, (_, k) => `rl${k} m${k} 0 1k\nn${k} m${k} a mem`).join('\n')}
s1 m0 m1 n2 0 s
b1 m2 0 i=1m*tanh(v(n3))*v(n4)
.tran 10n 2u
.save all
.end
`;

describe('threads that evaluate devices', () => {
  // One thread is the reference: sums are to have their terms in its order, to the last bit.
  it.each([
    ['multiplier', 2, multiplier],
    ['multiplier', 3, multiplier],
    ['mixture', 2, mixture],
    ['transistors that rest', 2, `${inverterChain(200)}\n.end\n`],
  ])('have the bits of one thread: %s, %i threads', async (_, threads, text) => {
    const source = new Threads();
    const alone = runTransient(contextOf(text, 1, source));
    expect(source.exits).toEqual([]);
    const context = contextOf(text, threads, source);
    const together = runTransient(context);
    expect(together.columns.map(({ name }) => name)).toEqual(alone.columns.map(({ name }) => name));
    for (const [k, { name, real }] of alone.columns.entries())
      expect(firstDifference(together.columns[k].real, real), name).toBe(-1);
    expect(source.exits.length).toBe(threads - 1);
    context.system.end();
    for (const exit of source.exits) expect(await exit).toEqual([0]);
  });

  it('write each residual, scale and entry as one thread does, wherever the circuit stands', () => {
    const { system } = contextOf(multiplier, 3, new Threads());
    const { memory, evaluation } = system;
    const alone = new WasmEvaluation(
      system.groups.map(({ model }) => model),
      memory,
      memory.engine!,
    );
    let state = 1;
    const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
    for (let k = 0; k < 40; k++) {
      memory.x.forEach((_, u) => (memory.x[u] = u === 0 ? 0 : 2 * random()));
      memory.environment[environment.a0] = 1e10 * random();
      for (const name of ['evaluateStatic', 'evaluateTransient'] as const) {
        const before = memory.values.slice();
        alone.invalidate();
        const vetoes = alone[name]();
        const expected = memory.values.slice();
        memory.values.set(before);
        evaluation.invalidate();
        expect(evaluation[name]()).toBe(vetoes);
        // Ground's row and column catch what nobody needs.
        for (const array of [memory.f, memory.fScale, memory.jf]) {
          const at = array.byteOffset - memory.values.byteOffset;
          expected[at / 8] = array[0];
        }
        expect(firstDifference(memory.values, expected)).toBe(-1);
      }
    }
    system.end();
  });

  it('are not started for small circuits', async () => {
    const source = new Threads();
    await simulate(mixture, { threads: source });
    expect(source.exits).toEqual([]);
  });

  // 2464 transistors are enough.
  it('end with the simulation, also when it is stopped', async () => {
    const source = new Threads();
    const stop = new AbortController();
    const text = arrayMultiplier(8, [[255, 255]], 1e-9, 'threads=2');
    const run = simulate(text, { threads: source, signal: stop.signal });
    setTimeout(() => {
      stop.abort();
    }, 50);
    const { analyses: results } = await run;
    expect(results.every(({ completed }) => !completed)).toBe(true);
    expect(source.exits.length).toBe(1);
    expect(await source.exits[0]).toEqual([0]);
  });
});
