import type { Circuit, Instance, ModelCard, StepValue } from './circuit.js';

/**
 * A circuit with some of its values replaced: temperatures, values of elements, parameters of model
 * cards. Parameters of the deck need an expansion of their own and are not looked at.
 */
export function setValues(circuit: Circuit, values: readonly StepValue[]): Circuit {
  const others = values.filter(({ target }) => target.kind !== 'parameter');
  if (others.length === 0) return circuit;
  const temperatures = others.filter(({ target }) => target.kind === 'temperature');
  const cards = new Map<ModelCard, ModelCard>();
  const instances = circuit.instances.map((instance) => changed(instance, others, cards));
  const last = temperatures.at(-1);
  return {
    ...circuit,
    instances,
    temperatures: last ? [last.value] : circuit.temperatures,
  };
}

function changed(
  instance: Instance,
  values: readonly StepValue[],
  cards: Map<ModelCard, ModelCard>,
): Instance {
  let result = instance;
  for (const { target, value } of values) {
    const { kind, name, parameter = '' } = target;
    if (kind === 'instance' && name === instance.name) {
      result = withParameter(result, parameter, value);
    }
  }
  if (!result.card) return result;
  const card = changedCard(result.card, values, cards);
  return card === result.card ? result : { ...result, card };
}

function withParameter(instance: Instance, parameter: string, value: number): Instance {
  if (instance.source && parameter === 'dc') {
    return { ...instance, source: { ...instance.source, dc: value } };
  }
  return { ...instance, parameters: new Map([...instance.parameters, [parameter, value]]) };
}

/** One new card for all instances that share the old one. */
function changedCard(
  card: ModelCard,
  values: readonly StepValue[],
  cards: Map<ModelCard, ModelCard>,
): ModelCard {
  const known = cards.get(card);
  if (known) return known;
  const own = values.filter(({ target }) => target.kind === 'model' && target.name === card.name);
  const set = own.map(({ target, value }) => [target.parameter ?? '', value] as const);
  const next =
    own.length > 0 ? { ...card, parameters: new Map([...card.parameters, ...set]) } : card;
  cards.set(card, next);
  return next;
}
