/* eslint-disable @typescript-eslint/no-unnecessary-type-assertion -- the bodies break rules on purpose */
import { describe, expect, it } from 'vitest';
import { DiagnosticError, real } from '../../../src/base/index.js';
import { compileModel, structureOf } from '../../../src/devices/language/compile.js';
import { model, type Language } from '../../../src/devices/language/model.js';

const remembered = 3;

function refusal(
  analog: (language: Language, parameters: { readonly r: number }) => void,
  more: object = {},
): string {
  const definition = model({
    name: 'bad',
    title: 'bad',
    terminals: ['p', 'n'],
    parameters: { r: real(1, 'Ω', 'resistance') },
    ...more,
    analog,
  });
  try {
    compileModel(definition, structureOf(definition, new Map(), new Map()));
  } catch (fault) {
    if (fault instanceof DiagnosticError) return fault.message;
    throw fault;
  }
  return 'accepted';
}

describe('what the language does not allow is refused with a place in the model', () => {
  it('names from outside of the body', () => {
    const text = refusal(({ V, I }) => {
      I('p', 'n', V('p', 'n') * remembered);
    });
    expect(text).toContain("error[M147]: 'remembered' is not known inside the model");
    expect(text).toMatch(/--> model 'bad':2:\d+/);
    expect(text).toMatch(/\| +\^{10}/);
    expect(text).toContain('name shared functions in `uses`');
  });

  it.each<[string, Parameters<typeof refusal>[0], RegExp]>([
    [
      'unknown nodes',
      ({ V, I }) => {
        I('p', 'x', V('p'));
      },
      /M110.*no node 'x'/,
    ],
    [
      'loops without fixed bounds',
      ({ V, I }) => {
        for (let i = 0; i < V('p'); i++) I('p', 'n', i);
      },
      /M144/,
    ],
    [
      'while',
      ({ V, I }) => {
        let v = V('p');
        while (v > 1) v /= 2;
        I('p', 'n', v);
      },
      /M142.*no such statement/,
    ],
    [
      'assignment to a constant',
      ({ V, I }) => {
        const v = V('p');
        (v as number) = 2;
        I('p', 'n', v);
      },
      /M148.*'v' is a constant/,
    ],
    [
      'voltage contributions under a bias condition',
      ({ V }) => {
        if (V('p') > 0) V('p', 'n', 1);
      },
      /M117/,
    ],
    [
      'currents of branches that nothing defines',
      ({ I }) => {
        I('p', 'n', 2 * I('n', 'p'));
      },
      /M123/,
    ],
    [
      'set outside of an event',
      ({ set }) => {
        set('x', 1);
      },
      /M121/,
    ],
    [
      'unknown Math functions',
      ({ I }) => {
        I('p', 'n', Math.random());
      },
      /M149.*Math\.random/,
    ],
    [
      'conditions as numbers',
      ({ V, I }) => {
        I('p', 'n', (V('p') > 0) as unknown as number);
      },
      /M131.*must be a number, not a condition/,
    ],
    [
      'strings as numbers',
      ({ I }) => {
        I('p', 'n', 'x' as unknown as number);
      },
      /M131/,
    ],
    [
      'states that are not declared',
      ({ I, state }) => {
        I('p', 'n', state('q'));
      },
      /M112.*no state 'q'/,
    ],
    [
      'parameters that are not declared',
      ({ I, given }) => {
        I('p', 'n', given('q') ? 1 : 2);
      },
      /M111/,
    ],
    [
      'values that only one branch defines',
      ({ V, I }) => {
        let a;
        if (V('p') > 0) a = 1;
        I('p', 'n', a!);
      },
      /M131.*not nothing/,
    ],
    [
      'recursion',
      ({ V, I }) => {
        const f = (x: number): number => f(x);
        I('p', 'n', f(V('p')));
      },
      /M141/,
    ],
    [
      'a limit declared twice',
      ({ V, I, limit }) => {
        I('p', 'n', limit('v', V('p'), 0) + limit('v', V('n'), 0));
      },
      /M114/,
    ],
    [
      'previous without a limit',
      ({ V, I, previous }) => {
        I('p', 'n', V('p') - previous('v'));
      },
      /M125/,
    ],
    [
      'derivatives by something that is no variable',
      ({ V, ddx, output }) => {
        output('g', ddx(V('p') ** 2, 2 * V('p')), 'S', '');
      },
      /M115/,
    ],
    [
      'objects as numbers',
      ({ I }) => {
        I('p', 'n', { a: 1 } as unknown as number);
      },
      /M131.*not an object/,
    ],
    [
      'given with a name that is computed',
      ({ I, given }) => {
        const name = 'r';
        I('p', 'n', given(name) ? 1 : 2);
      },
      /M111.*a name in quotes/,
    ],
    [
      'an initial value of idt that is computed',
      ({ V, I, idt }) => {
        I('p', 'n', idt(V('p'), V('n')));
      },
      /M126.*a number or a parameter/,
    ],
    [
      'a delay that the bias changes',
      ({ V, I, absdelay }) => {
        I('p', 'n', absdelay(V('p'), V('n')));
      },
      /M127.*made of parameters only/,
    ],
    [
      'a draw that is fixed in one place and new at each event in another',
      ({ V, I, on, cross, draw }) => {
        I('p', 'n', V('p', 'n') * draw('g', 'normal'));
        on(cross(V('p'), 1), () => {
          draw('g', 'normal');
        });
      },
      /M128.*new at each event/,
    ],
  ])('%s', (_, analog, pattern) => {
    expect(refusal(analog)).toMatch(pattern);
  });

  it('states without a rate', () => {
    const states = { s: { unit: '', initial: 0, abstol: 1e-9, doc: 's' } };
    const text = refusal(
      ({ I, state }) => {
        I('p', 'n', state('s'));
      },
      { states },
    );
    expect(text).toMatch(/M122.*state 's' has no rate/);
  });
});
