// Crossbars of memristors: the 2T1M synapse of circuits/memristive/synapse-2t1m.cir, and memristors
// alone. ngspice gets the memristor as behavioural sources, as in test/decks/ngspice/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomStream } from './random-stream.mjs';

const equivalent = join(import.meta.dirname, '..', '..', 'test', 'decks', 'ngspice', 'team.inc');

const transistors = `\
.model n18 nmos(vto=0.40 kp=50.6u gamma=0.56 phi=0.85 tox=4.0n cgso=0.279n cgdo=0.279n
+               cj=3.65m mj=0.54 pb=0.98 cjsw=0.79n mjsw=0.31)
.model p18 pmos(vto=-0.42 kp=29.1u gamma=0.56 phi=0.85 tox=4.2n cgso=0.279n cgdo=0.279n
+               cj=1.38m mj=0.90 pb=1.24 cjsw=1.44n mjsw=0.43)
.subckt synapse u ub e row vp vn s
mp n e u  vp p18 w=0.43u  l=0.18u ad=0.215p as=0.215p pd=1.86u  ps=1.86u
mn n e ub vn n18 w=1.728u l=0.18u ad=0.864p as=0.864p pd=4.456u ps=4.456u
csh n 0 1p
MEMRISTOR
.ends`;

const card = `\
.model mem team(kon=-100n koff=100n ion=-1u ioff=1u alphaon=2 alphaoff=2
+               ron=100 roff=200k xon=0 xoff=3n s0=0.5)`;

/**
 * n × n synapses of two transistors, a shock capacitor and a memristor: read for 0.5 µs, written
 * for 1 µs. Gives our deck and ngspice's.
 */
export function synapseCrossbar(n) {
  const cards = [];
  const cells = [];
  for (let m = 0; m < n; m++) {
    const u = amplitude(m, 0.6, n);
    cards.push(`vu${m} u${m} 0 pwl(0 0 0.1u 0 0.11u ${u / 10} 0.6u ${u / 10} 0.61u ${u})`);
    cards.push(`eub${m} ub${m} 0 u${m} 0 -1`);
  }
  for (let r = 0; r < n; r++) {
    const write = r % 2 === 0 ? 5 : -5;
    cards.push(
      `ve${r} e${r} 0 pwl(0 0 0.1u 0 0.11u -5 0.6u -5 0.61u ${write} 1.6u ${write} 1.61u 0)`,
    );
    cards.push(`rout${r} row${r} 0 1k`);
    for (let m = 0; m < n; m++) {
      cards.push(`x${r}_${m} u${m} ub${m} e${r} row${r} vp vn s${r}_${m} synapse`);
      cells.push(`s${r}_${m}`);
    }
  }
  const deck = (title, memristor, models) => `${title}
${transistors.replace('MEMRISTOR', memristor)}
${models}
vp vp 0 5
vn vn 0 -5
${cards.join('\n')}
.options acct
.save v(row0) v(row${n - 1}) v(e0) v(u0)
.tran 10n 2u 0 50n
.end
`;
  return {
    text: withoutState(deck(`Crossbar of ${n} x ${n} 2T1M synapses`, 'nmem n row mem', card)),
    ngspice: deck(
      `Crossbar of ${n} x ${n} 2T1M synapses`,
      'xmem n row s team',
      teamSources() + initialStates(cells.map((cell) => [cell, 0.5])),
    ),
  };
}

/** The catalogue's memristor needs no node for its state. */
function withoutState(text) {
  return text
    .replace(/(row\d*|vn) s\d+_\d+ synapse/g, '$1 synapse')
    .replace(' vp vn s\n', ' vp vn\n');
}

/** n × n memristors between driven rows and loaded columns, without selectors: sneak paths and all. */
export function memristorCrossbar(n) {
  const random = randomStream(60 + n);
  const state = Array.from({ length: n * n }, () => (0.3 + 0.4 * random()).toFixed(4));
  const edges = [];
  for (let r = 0; r < n; r++) {
    const u = amplitude(r, 0.6, n);
    edges.push(`vu${r} u${r} 0 sin(0 ${u} 500k)`, `rr${r} u${r} r${r} 100`);
    edges.push(`rc${r} c${r} 0 1k`, `cr${r} r${r} 0 10f`, `cc${r} c${r} 0 10f`);
  }
  const deck = (memristor, models) => {
    const cells = state.map((s, k) => memristor(k, `r${Math.floor(k / n)} c${k % n}`, s));
    return `Crossbar of ${n} x ${n} memristors
${models}
${edges.join('\n')}
${cells.join('\n')}
.options acct
.save v(r0) v(c0) v(c${n - 1})
.tran 10n 2u 0 50n
.end
`;
  };
  return {
    text: deck((k, nodes, s) => `n${k} ${nodes} mem s0=${s}`, card),
    ngspice: deck(
      (k, nodes) => `x${k} ${nodes} s${k} team`,
      teamSources() + initialStates(state.map((s, k) => [`s${k}`, s])),
    ),
  };
}

/** Between half of `highest` and all of it, of alternating sign. */
function amplitude(index, highest, n) {
  return ((index % 2 === 0 ? 1 : -1) * highest * (1 - index / (2 * n))).toFixed(6);
}

function initialStates(states) {
  return states.map(([node, s]) => `\n.ic v(${node})=${s}`).join('');
}

function teamSources() {
  return readFileSync(equivalent, 'utf8').trim();
}
