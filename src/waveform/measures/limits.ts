import type { Limits } from '../../jobs/index.js';
import type { MeasureCardForm } from './measure-card.js';

/** The limits that a card sets: `.meas tran delay … atleast=1n atmost=5n`. */
export function limitsOf({ items }: MeasureCardForm): Limits {
  const value = (name: string): number | undefined => {
    const found = items.findLast((item) => item.kind === 'setting' && item.name === name);
    return found?.kind === 'setting' ? found.value.value : undefined;
  };
  const [atLeast, atMost] = [value('atleast'), value('atmost')];
  return {
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(atMost === undefined ? {} : { atMost }),
  };
}
