import type { ModelDefinition } from './model.js';
import { destructured, readFunction, walk, type AnyNode } from './read.js';

/**
 * What is folded into the code of a model: which parameters are given, whether one is zero, what
 * flags and integers say. Everything else stays in memory and may change without compiling again.
 */
export interface Structure {
  readonly key: string;
  readonly given: ReadonlySet<string>;
  /** Parameters of which it is known whether they are given. */
  readonly asked: ReadonlySet<string>;
  /** Sign of the parameters that the equations compare with zero, and zeros of `folded` ones. */
  readonly signs: ReadonlyMap<string, -1 | 0 | 1>;
  /** Values of integer and flag parameters. */
  readonly values: ReadonlyMap<string, number>;
}

/** Which facts about its parameters a definition's equations ask for. */
export interface Questions {
  readonly given: readonly string[];
  readonly signs: readonly string[];
  /** Parameters of which only a zero is folded. */
  readonly zeros: readonly string[];
  readonly values: readonly string[];
}

/** Instance parameters that every model has. */
export const implicitParameters = ['m', 'temp', 'dtemp'] as const;

const asked = new WeakMap<ModelDefinition, Questions>();

type Given = ReadonlyMap<string, number>;

/** By card, model and what of the instance matters: thousands of transistors share a card. */
const known = new WeakMap<Given, Map<ModelDefinition, Map<string, Structure>>>();

/**
 * The structure of an instance.
 *
 * @param card parameters given on the model card; a card's map does not change
 * @param instance parameters given at the instance
 */
export function structureOf(definition: ModelDefinition, card: Given, instance: Given): Structure {
  const models = known.get(card) ?? new Map<ModelDefinition, Map<string, Structure>>();
  known.set(card, models);
  const structures = models.get(definition) ?? new Map<string, Structure>();
  models.set(definition, structures);
  const facts = factsOf(definition, instance);
  const structure = structures.get(facts) ?? findStructure(definition, card, instance);
  structures.set(facts, structure);
  return structure;
}

/** What an instance adds to the structure that its card has: names, signs, values of integers. */
function factsOf({ parameters, instance: own }: ModelDefinition, instance: Given): string {
  let facts = '';
  for (const [name, value] of instance) {
    const { kind } = own[name] ?? parameters[name] ?? { kind: 'real' };
    const isReal = kind === 'real';
    facts += `${name}=${isReal ? Math.sign(value) : value},`;
  }
  return facts;
}

function findStructure(definition: ModelDefinition, card: Given, instance: Given): Structure {
  const questions = questionsOf(definition);
  const value = (name: string): number =>
    instance.get(name) ??
    card.get(name) ??
    definition.instance[name]?.default ??
    definition.parameters[name]?.default ??
    NaN;
  const given = new Set(questions.given.filter((name) => instance.has(name) || card.has(name)));
  const signs = new Map<string, -1 | 0 | 1>();
  for (const name of questions.signs) {
    const v = value(name);
    if (!Number.isNaN(v)) signs.set(name, v > 0 ? 1 : v < 0 ? -1 : 0);
  }
  for (const name of questions.zeros) {
    if (value(name) === 0) signs.set(name, 0);
  }
  const values = new Map(questions.values.map((name) => [name, value(name)]));
  const key = JSON.stringify([[...given], [...signs], [...values]]);
  return { key, given, asked: new Set(questions.given), signs, values };
}

/** What the structure of a definition depends on, found by reading its equations. */
export function questionsOf(definition: ModelDefinition): Questions {
  let known = asked.get(definition);
  if (!known) asked.set(definition, (known = findQuestions(definition)));
  return known;
}

/** Spares reading the equations: what `questionsOf` gave for the same definition before. */
export function learnQuestions(definition: ModelDefinition, questions: Questions): void {
  asked.set(definition, questions);
}

function findQuestions(definition: ModelDefinition): Questions {
  const tables = { ...definition.parameters, ...definition.instance };
  const values = Object.keys(tables).filter((name) => tables[name].kind !== 'real');
  const given = new Set<string>(implicitParameters);
  const signs = new Set<string>();
  const { equations } = definition;
  if (equations.kind === 'analog') {
    const text = readFunction(equations.analog, `model '${definition.name}'`);
    const whole = text.node.params[1]?.type === 'Identifier';
    const locals = whole ? [] : [...destructured(text, 1)];
    const names = new Map(locals.map(([name, local]) => [local, name]));
    const givenName = destructured(text, 0).get('given');
    const texts = [text];
    // Parameters that are passed on as one object are asked for in the functions that get them.
    if (whole) {
      for (const [name, helper] of Object.entries(equations.uses)) {
        texts.push(readFunction(helper, `function '${name}' of model '${definition.name}'`));
      }
    }
    const parameterOf = (node: AnyNode): string | undefined => {
      if (node.type === 'Identifier') return names.get(node.name);
      const field = whole && node.type === 'MemberExpression' && !node.computed;
      return field && node.property.type === 'Identifier' ? node.property.name : undefined;
    };
    const ask = (node: AnyNode): void => {
      const name = parameterOf(node);
      if (name !== undefined && Object.hasOwn(tables, name) && tables[name].kind === 'real') {
        signs.add(name);
      }
    };
    for (const { node: root } of texts) {
      walk(root as AnyNode, (node) => {
        if (node.type === 'BinaryExpression' && isComparison(node.operator)) {
          if (isZero(node.right)) ask(node.left);
          if (isZero(node.left)) ask(node.right);
        }
        if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
          const first = node.arguments[0] as AnyNode | undefined;
          if (node.callee.name === givenName && first?.type === 'Literal')
            given.add(String(first.value));
        }
      });
    }
  }
  const zeros = (definition.folded ?? []).filter((name) => !signs.has(name));
  return { given: [...given], signs: [...signs], zeros, values };
}

function isComparison(operator: string): boolean {
  return ['>', '>=', '<', '<=', '===', '!==', '==', '!='].includes(operator);
}

function isZero(node: AnyNode): boolean {
  return node.type === 'Literal' && node.value === 0;
}
