import { describe, expect, it } from 'vitest';
import { voltageControlledCurrentSource } from '../../src/devices/sources/controlled-sources.js';
import { findFloatingComponents } from '../../src/solver/system/floating-nodes.js';
import { contextOf, deviation, FlatCircuit, last, run } from './flat-circuit.js';

describe('floating nodes', () => {
  it('names nodes and elements that have no path to ground', () => {
    const { problem, messages } = run(
      new FlatCircuit().v('v1', 'a 0', 1).r('r1', 'a 0', 1).r('r2', 'b c', 1).r('r3', 'b c', 2),
      'op',
    );
    expect(problem?.code).toBe('S211');
    expect(messages).toContain('nodes v(b), v(c) have no dc path to ground');
    expect(messages).toContain("'r2', 'r3'");
    expect(messages).toContain('rshunt');
  });

  it('lets capacitors decide a node that they alone reach, with a warning', () => {
    const circuit = new FlatCircuit().v('v1', 'a 0', 5).c('c1', 'a b', 1e-12).c('c2', 'b 0', 3e-12);
    const { dataset, problem, messages } = run(circuit, 'op');
    expect(problem).toBeUndefined();
    expect(messages).toContain('warning[S213]: node v(b) has no dc path to ground');
    // Charge of the uncharged pair: 1 pF·(5 − v) = 3 pF·v. ngspice finds the same by its transient op.
    expect(last(dataset, 'v(b)')).toBeCloseTo(1.25, 9);
  });

  it('refuses a dc current into such a node', () => {
    const { problem, messages } = run(
      new FlatCircuit().i('i1', '0 a', 1e-3).c('c1', 'a 0', 1e-9),
      'op',
    );
    expect(problem?.code).toBe('S212');
    expect(messages).toContain('a dc current of 1.000 mA flows into node v(a)');
  });

  it('starts such a node at its .ic in a transient', () => {
    const circuit = () =>
      new FlatCircuit().i('i1', '0 a', 1e-6).c('c1', 'a 0', 1e-9).r('r1', 'a b', 1e3).ic('a', 0.5);
    const { dataset, messages } = run(circuit(), 'tran 1u 1m');
    expect(messages).toBe('');
    // 0.5 V + 1 µA·t/1 nF, as ngspice 39.
    expect(deviation(dataset, 'v(a)', (t) => 0.5 + 1e3 * t)).toBeLessThan(1e-6);
    expect(run(circuit(), 'op').problem?.code).toBe('S212');
  });

  it('refuses a forced node that nothing holds afterwards', () => {
    const circuit = new FlatCircuit().v('v1', 'a 0', 1).r('r1', 'a 0', 1).r('r2', 'b c', 1);
    expect(run(circuit.ic('b', 1), 'tran 1u 1m').problem?.code).toBe('S211');
  });

  it('joins very many warnings into one', () => {
    const circuit = (count: number) => {
      const grown = new FlatCircuit().v('v1', 'a 0', 1);
      for (let k = 0; k < count; k++)
        grown.c(`ca${k}`, `a n${k}`, 1e-12).c(`cb${k}`, `n${k} 0`, 1e-12);
      return grown;
    };
    expect(run(circuit(20), 'op').context.diagnostics).toHaveLength(20);
    const { context, messages } = run(circuit(21), 'op');
    expect(context.diagnostics).toHaveLength(1);
    expect(messages).toContain(
      '21 nodes or groups of nodes have no dc path to ground: v(n0), v(n1)',
    );
    expect(messages).toContain('and 15 more');
  });

  it('finds very many of them without evaluating for each', () => {
    const circuit = new FlatCircuit();
    for (let k = 0; k < 30; k++) circuit.c(`c${k}`, `n${k} 0`, 1e-12);
    const { system } = contextOf(circuit.build());
    const before = system.evaluations;
    expect(findFloatingComponents(system)).toHaveLength(30);
    // Two generic points and x itself.
    expect(system.evaluations - before).toBe(3);
  });

  it('takes a component of more nodes than a call has room for arguments', () => {
    const count = 150_000;
    const { instances, ...rest } = new FlatCircuit().r('r', 'a b', 1).c('c', 'a b', 1).build();
    const circuit = {
      ...rest,
      nodes: ['0', ...Array.from({ length: count + 1 }, (_, k) => `n${k + 1}`)],
      instances: Array.from({ length: count }, (_, k) =>
        instances.map((instance) => ({
          ...instance,
          name: `${instance.name}${k}`,
          nodes: [k + 1, k + 2],
        })),
      ).flat(),
    };
    const context = contextOf(circuit);
    expect(context.checkTopology()).toBeUndefined();
    expect(context.equations.chargeRows).toHaveLength(count + 1);
  }, 30_000);

  it('is content with rshunt', () => {
    const circuit = new FlatCircuit({ rshunt: 1e6 }).i('i1', '0 a', 1e-6).c('c1', 'a 0', 1e-9);
    // 1 µA through 1 MΩ.
    expect(last(run(circuit, 'op').dataset, 'v(a)')).toBeCloseTo(1, 9);
  });

  it('does not mind a node that feedback holds', () => {
    // gm·v(b) flows into a, and nothing else: so v(b) = 0, and a is where the divider puts it.
    const circuit = new FlatCircuit()
      .v('v1', 'in 0', 1)
      .r('r1', 'in b', 1e3)
      .r('r2', 'b out', 1e3)
      .add('g1', voltageControlledCurrentSource, 'out 0 b 0', { gain: 1 })
      .r('r3', 'out 0', 1e12);
    const { dataset, problem } = run(circuit, 'op');
    expect(problem).toBeUndefined();
    // Nodes b and out: (1 − b)/1k = (b − out)/1k and (b − out)/1k = b; so out = −999·b, b = 1/1001.
    expect(last(dataset, 'v(b)')).toBeCloseTo(1 / 1001, 9);
  });
});

describe('loops', () => {
  it('names two voltage sources in parallel', () => {
    const { problem, messages } = run(
      new FlatCircuit().v('v1', 'a 0', 5).v('v2', 'a 0', 5).r('r1', 'a 0', 1e3),
      'op',
    );
    expect(problem?.code).toBe('S221');
    expect(messages).toContain("'v2', 'v1' form a loop of voltage sources");
  });

  it('names all inductors of a loop, and allows it with uic', () => {
    const circuit = () =>
      new FlatCircuit()
        .v('v1', 'a 0', 5)
        .l('l1', 'a b', 1e-3)
        .l('l2', 'b c', 1e-3)
        .l('l3', 'a c', 1e-3)
        .r('r1', 'c 0', 1e3);
    const { problem, messages } = run(circuit(), 'op');
    expect(problem?.code).toBe('S221');
    for (const name of ["'l1'", "'l2'", "'l3'"]) expect(messages).toContain(name);
    expect(messages).toContain('loop of inductors');
    expect(run(circuit(), 'tran 1u 10u uic').problem).toBeUndefined();
  });

  it('names a short-circuited source', () => {
    const { messages } = run(new FlatCircuit().v('v1', 'a a', 5).r('r1', 'a 0', 1), 'op');
    expect(messages).toContain("'v1' is short-circuited");
  });
});
