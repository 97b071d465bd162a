import type { Node } from '../ir.js';
import { ModelFault, type ProgramBuilder } from '../program-builder.js';
import { binary } from '../simplify.js';
import type { Executor } from './executor.js';
import { describe, isNode, nothing, type Builtin, type Value } from './values.js';

/** What the first parameter of `analog` provides, as values that the executor can call. */
export function languageBuiltins(builder: ProgramBuilder, executor: Executor): Map<string, Value> {
  const { graph } = builder;
  const table: Record<string, Builtin> = {
    V: (args) => {
      if (args.length < 3) return builder.probe(text(args, 0), args[1] ? text(args, 1) : '0');
      builder.contributeVoltage(text(args, 0), text(args, 1), number(args, 2));
      return nothing;
    },
    I: (args) => {
      if (args.length < 3) return builder.branchCurrent(text(args, 0), text(args, 1));
      builder.contributeCurrent(text(args, 0), text(args, 1), number(args, 2));
      return nothing;
    },
    collapse: (args) => {
      builder.collapse(text(args, 0), text(args, 1));
      return nothing;
    },
    ddt: (args) => builder.ddt(number(args, 0)),
    idt: (args) => builder.idt(number(args, 0), args[1] ? number(args, 1) : graph.zero),
    absdelay: (args) =>
      builder.absdelay(number(args, 0), number(args, 1), args[2] ? number(args, 2) : graph.zero),
    respond: (args) =>
      builder.respond(
        number(args, 0),
        text(args, 1),
        number(args, 2),
        number(args, 3),
        args[4] ? number(args, 4) : graph.zero,
      ),
    state: (args) => builder.state(text(args, 0)),
    rate: (args) => {
      builder.rate(text(args, 0), number(args, 1));
      return nothing;
    },
    held: (args) => builder.held(text(args, 0)),
    set: (args) => {
      builder.set(text(args, 0), number(args, 1));
      return nothing;
    },
    cross: (args) => event('cross', number(args, 0), constant(args, 1)),
    above: (args) => event('above', number(args, 0), 1),
    timer: (args) => event('timer', number(args, 0), 0),
    initial: () => event('initial', graph.zero, 0),
    on: (args, at) => {
      const [what, handler] = args;
      if (isNode(what) || what.kind !== 'event') {
        throw new ModelFault('M130', `on() takes an event, not ${describe(what)}`);
      }
      builder.event(what.event, what.value, what.direction, () => {
        executor.call(handler, [], at);
      });
      return nothing;
    },
    limit: (args) => builder.limit(text(args, 0), number(args, 1), number(args, 2)),
    previous: (args) => builder.previous(text(args, 0)),
    given: (args) => builder.given(text(args, 0)),
    input: (args) => builder.input(text(args, 0)),
    addVoltage: (args) => {
      builder.addVoltage(text(args, 0), number(args, 1));
      return nothing;
    },
    reference: (args) => builder.reference(text(args, 0)),
    borrow: (args) => builder.borrow(text(args, 0), text(args, 1)),
    intermediate: (args) => builder.intermediate(number(args, 0)),
    ddx: (args) => builder.ddx(number(args, 0), number(args, 1)),
    whiteNoise: (args) => {
      builder.addNoise(
        'white',
        text(args, 0),
        text(args, 1),
        number(args, 2),
        graph.zero,
        text(args, 3),
      );
      return nothing;
    },
    flickerNoise: (args) => {
      const [a, b] = [text(args, 0), text(args, 1)];
      builder.addNoise('flicker', a, b, number(args, 2), number(args, 3), text(args, 4));
      return nothing;
    },
    inducedNoise: (args) => {
      const [a, b] = [text(args, 0), text(args, 1)];
      builder.addNoise('induced', a, b, number(args, 2), number(args, 3), text(args, 4));
      return nothing;
    },
    output: (args) => {
      builder.output(text(args, 0), number(args, 1), text(args, 2), text(args, 3));
      return nothing;
    },
    positive: (args) => {
      builder.positive(number(args, 0), text(args, 1), text(args, 2));
      return nothing;
    },
    draw: (args) => builder.draw(text(args, 0), text(args, 1)),
  };
  const values = new Map<string, Value>();
  for (const [name, call] of Object.entries(table))
    values.set(name, { kind: 'builtin', name, call });
  values.set('temperature', builder.temperature());
  values.set('circuitTemperature', builder.environment('temperature'));
  values.set('time', builder.environment('time'));
  values.set('gmin', builder.gmin());
  values.set('wholeGmin', builder.environment('gmin'));
  values.set('multiplicity', builder.multiplicity() ?? graph.one);
  values.set('sourceFactor', builder.environment('sourceFactor'));
  const smallSignal = builder.environment('smallSignal');
  values.set('smallSignal', binary(graph, 'ne', smallSignal, graph.zero));
  values.set('holding', binary(graph, 'ne', builder.environment('hold'), graph.zero));
  values.set('initializing', binary(graph, 'ne', builder.environment('initializing'), graph.zero));
  return values;
}

function event(
  kind: 'cross' | 'above' | 'timer' | 'initial',
  value: Node,
  direction: number,
): Value {
  return { kind: 'event', event: kind, value, direction };
}

function text(args: readonly Value[], position: number): string {
  const value = args[position] ?? nothing;
  if (isNode(value) || value.kind !== 'string') {
    throw new ModelFault(
      'M131',
      `argument ${String(position + 1)} must be a string in quotes, not ${describe(value)}`,
    );
  }
  return value.text;
}

function number(args: readonly Value[], position: number): Node {
  const value = args[position] ?? nothing;
  if (!isNode(value) || value.type !== 'number') {
    throw new ModelFault(
      'M131',
      `argument ${String(position + 1)} must be a number, not ${describe(value)}`,
    );
  }
  return value;
}

function constant(args: readonly Value[], position: number): number {
  const node = number(args, position);
  if (node.op !== 'constant') {
    throw new ModelFault('M131', `argument ${String(position + 1)} must be a constant`);
  }
  return node.payload as number;
}
