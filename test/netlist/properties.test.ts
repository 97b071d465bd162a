import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasErrors, renderDiagnostic } from '../../src/base/index.js';
import { parseNetlist, printNetlist } from '../../src/netlist/index.js';
import { withoutSpans } from '../without-spans.js';
import { brokenText, deckText } from './deck-texts.js';

describe('printed decks', () => {
  it('parse to an equal deck and print the same again', () => {
    fc.assert(
      fc.property(deckText, (text) => {
        const { deck } = parseNetlist(text);
        const printed = printNetlist(deck);
        const again = parseNetlist(printed).deck;
        expect(withoutSpans(again.statements)).toEqual(withoutSpans(deck.statements));
        expect(again.title).toBe(deck.title);
        expect(printNetlist(again)).toBe(printed);
      }),
      { numRuns: 300 },
    );
  });

  it('mean the same circuit', () => {
    fc.assert(
      fc.property(deckText, (text) => {
        const one = parseNetlist(text);
        const other = parseNetlist(printNetlist(one.deck));
        const codes = ({ diagnostics }: typeof one) => diagnostics.map(({ code }) => code);
        expect(codes(other)).toEqual(codes(one));
        const flat = ({ circuit }: typeof one) =>
          circuit?.instances.map(({ name, nodes, parameters, references }) => [
            name,
            nodes.map((node) => circuit.nodes[node]),
            [...parameters],
            references,
          ]);
        expect(flat(other)).toEqual(flat(one));
      }),
      { numRuns: 200 },
    );
  });
});

/** Parameters that depend on each other, each through a long sum. */
const chain = Array.from(
  { length: 499 },
  (_, i) => `.param p${i}=p${i + 1}${'+1'.repeat(900)}`,
).join('\n');

describe('any text', () => {
  it('gives a circuit or errors that can be shown', () => {
    fc.assert(
      fc.property(brokenText, (text) => {
        // Every file that is asked for holds the text itself.
        const reader = (path: string) => ({ name: path, text });
        const { circuit, diagnostics } = parseNetlist(text, { reader });
        expect(circuit === undefined).toBe(hasErrors(diagnostics));
        for (const diagnostic of diagnostics) {
          const { span } = diagnostic;
          expect(renderDiagnostic(diagnostic).length).toBeGreaterThan(10);
          if (span) {
            expect(span.start).toBeLessThanOrEqual(span.end);
            expect(span.end).toBeLessThanOrEqual(span.source.text.length + 1);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('printing what was read never fails', () => {
    fc.assert(
      fc.property(brokenText, (text) => {
        expect(printNetlist(parseNetlist(text).deck)).toContain('.end');
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['parentheses', `v1 a 0 ${'('.repeat(1e5)}`],
    ['braces', `r1 a 0 ${'{'.repeat(1e5)}1${'}'.repeat(1e5)}`],
    ['signs', `r1 a 0 {${'-'.repeat(1e5)}1}`],
    ['conditions', `b1 a 0 v=${'1?'.repeat(1e5)}1`],
    ['equals', `r1 a 0 ${'='.repeat(1e5)}`],
    ['words', `x1 ${'a '.repeat(1e5)}`],
    ['values', `v1 a 0 pwl(${'1 '.repeat(1e5)}`],
    ['subcircuits', '.subckt a b\n'.repeat(2e4)],
    ['closed subcircuits', '.subckt a b\n'.repeat(2e4) + '.ends\n'.repeat(2e4)],
    ['parameters in a chain', chain],
    ['continuations', `r1 a 0 1k${'\n+ m=1'.repeat(2e4)}`],
    ['quotes', `.param a=${"'".repeat(1e5)}`],
    ['names', `.param ${'a'.repeat(1e5)}`],
    ['definitions', `.param ${'a=1 '.repeat(2e4)}`],
    ['outputs', `.print tran ${'v(a) '.repeat(2e4)}`],
    ['conditions on nodes', `.ic ${'v(a)=1 '.repeat(2e4)}`],
  ])('a great many %s are no trouble', (_, card) => {
    const started = performance.now();
    parseNetlist(`title\n${card}\n`);
    // Generous for a loaded machine; what is quadratic takes minutes.
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('cost', () => {
  /** Seconds of the processor, which other programs on the machine change little. */
  const seconds = (count: number): number => {
    const lines = Array.from({ length: count }, (_, i) =>
      i % 2 ? `r${i} n${i} n${i + 1} 1k` : `c${i} n${i} n${(i * 7) % count} c=1p`,
    );
    const started = process.cpuUsage();
    const { circuit } = parseNetlist(`mesh\n${lines.join('\n')}\n`);
    expect(circuit?.instances.length).toBe(count);
    return process.cpuUsage(started).user / 1e6;
  };

  it('10⁵ elements are read in a few seconds, in proportion to their number', () => {
    seconds(20_000);
    const small = seconds(20_000);
    const large = seconds(100_000);
    expect(large).toBeLessThan(5);
    // Proportional is 5; what is quadratic is 25. Half of that leaves room for a loaded machine.
    expect(large / small).toBeLessThan(13);
  });

  /** Subcircuits with conditions and functions in them, and as many parameters of the deck. */
  const hierarchical = (count: number): number => {
    const cell = ['.subckt cell a b r=1 c={r*1f}', '.param rr={f(r,2)}', '.if (r>10)'];
    const rest = ['r1 a m {rr}', '.else', 'r1 a m 1', '.endif', 'c1 m b {c}', '.ends'];
    const uses = Array.from(
      { length: count },
      (_, i) => `.param p${i}={w+${i}}\nx${i} n${i} n${i + 1} cell r={p${i}+1}`,
    );
    const head = ['title', '.param w=2', '.func f(a,b) {a*b+w}'];
    const started = process.cpuUsage();
    const { circuit } = parseNetlist([...head, ...cell, ...rest, ...uses].join('\n'));
    expect(circuit?.instances.length).toBe(2 * count);
    return process.cpuUsage(started).user / 1e6;
  };

  it('subcircuits and parameters cost in proportion to their number', () => {
    hierarchical(4000);
    const small = hierarchical(4000);
    const large = hierarchical(20_000);
    expect(large).toBeLessThan(10);
    expect(large / small).toBeLessThan(13);
  });
});
