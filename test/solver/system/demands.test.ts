import { describe, expect, it } from 'vitest';
import { renderDiagnostic } from '../../../src/base/index.js';
import { simulate } from '../../../src/solver/index.js';

/** All that a run says, as the user sees it. */
async function messages(...lines: string[]): Promise<string> {
  const { diagnostics } = await simulate(['a title', ...lines, '.end'].join('\n'));
  return diagnostics.map((each) => renderDiagnostic(each)).join('\n');
}

/** What corrections leave of 0.1 µm or 0.12 µm, by hand. */
const shrunk = [
  ['level=1 ld=0.06u', 'l=0.1u w=1u', 'effective channel length', '-20.00 nm'],
  ['level=2 ld=0.06u', 'l=0.12u w=1u', 'effective channel length', '0 m'],
  ['level=3 ld=0.03u xl=-0.05u', 'l=0.1u w=1u', 'effective channel length', '-10.00 nm'],
  ['level=3 wd=0.06u', 'l=1u w=0.1u', 'effective channel width', '-20.00 nm'],
  ['level=6 ld=0.06u', 'l=0.1u w=1u', 'effective channel length', '-20.00 nm'],
  ['level=8 lint=0.06u', 'l=0.1u w=1u', 'effective channel length', '-20.00 nm'],
  ['level=8 wint=0.06u', 'l=1u w=0.1u', 'effective channel width', '-20.00 nm'],
  ['level=14 xl=-0.2u lint=0', 'l=0.1u w=1u', 'effective channel length', '-100.0 nm'],
  ['level=14 wint=0.2u', 'l=1u w=1u nf=4', 'effective width of a finger', '-150.0 nm'],
] as const;

describe('what models demand of their parameters', () => {
  it.each(shrunk)('%s with %s', async (card, instance, what, value) => {
    const said = await messages(
      'v1 d 0 1',
      `m1 d d 0 0 ch ${instance}`,
      `.model ch nmos ${card}`,
      '.op',
    );
    expect(said).toContain(`error[S231]: the ${what} of 'm1' is ${value}; it must be above zero`);
    // The line of the instance, and that of the model's card.
    expect(said).toContain('3 | m1 d d 0 0 ch');
    expect(said).toContain(`:4: .model ch nmos ${card}`);
  });

  it('refuses strips that etching leaves nothing of', async () => {
    const said = await messages(
      'v1 a 0 1',
      'r1 a 0 strip l=10u w=1u',
      'c1 a 0 plate l=1u w=10u',
      '.model strip r rsh=100 narrow=0.5u',
      '.model plate c cj=1m del=1u',
      '.op',
    );
    expect(said).toContain("the effective width of 'r1' is 0 m");
    expect(said).toContain("the effective length of 'c1' is -1.000 µm");
  });

  it('takes what is above zero, and ends a sweep where it is not', async () => {
    const { analyses, diagnostics } = await simulate(
      ['title', 'v1 d 0 1', 'm1 d d 0 0 ch l=0.4u w=1u', '.model ch nmos ld=0.1u']
        .concat(['.dc @m1[l] 0.4u 0.1u -0.1u', '.end'])
        .join('\n'),
    );
    const [{ code, message }] = diagnostics.filter(({ severity }) => severity === 'error');
    expect(code).toBe('S231');
    expect(message).toContain('is 0 m');
    expect(analyses[0].completed).toBe(false);
    expect(analyses[0].dataset.length).toBe(2);
  });

  it('tells the steps apart that have too little', async () => {
    const { analyses, diagnostics } = await simulate(
      ['title', 'v1 d 0 1', 'm1 d d 0 0 ch l={len} w=1u', '.model ch nmos ld=0.1u']
        .concat(['.param len=1u', '.step param len list 0.1u 1u', '.op', '.end'])
        .join('\n'),
    );
    expect(analyses).toHaveLength(1);
    expect(diagnostics.filter(({ code }) => code === 'S231')).toHaveLength(1);
  });
});
