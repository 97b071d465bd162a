import fc from 'fast-check';

/** Random decks that are mostly in order: cards of every kind, with names that may clash. */
const node = fc.constantFrom('0', 'a', 'b', 'out', 'n1', 'gnd');
const value = fc.constantFrom(
  ...['1k', '2.2MEG', '{w*2}', "'w+1'", '1e-3', 'w', '5V', '-3', '{max(w,1)**2}', '{w>1?2:3}'],
);
const source = fc.constantFrom(
  ...['5', 'dc 1 ac 1 90', 'pulse(0 1 1n 1n 1n 5n 10n)', 'sin 0 1 1k', 'dc 0 pwl(0,0,1n,1)'],
);
const behaviour = fc.constantFrom('v=v(a)*2', 'i=v(a,b)**2+w', 'v={table(v(a),0,0,1,w)} m=2');
const controlled = fc.constantFrom(
  ...['poly(1) a 0 1 w', 'poly(2) (a,0) (b,0) 0 1 {w}', 'value={v(a)*w} m=2', "vol='v(a)'"],
  ...['table {v(a)} = (0,0) (1,{w})', 'value {v(a,b)}'],
);

const element = fc.oneof(
  fc
    .tuple(fc.constantFrom('r', 'c', 'l'), node, node, value)
    .map(([l, a, b, v]) => [l, `${a} ${b} ${v}`]),
  fc.tuple(node, node, value).map(([a, b, v]) => ['r', `${a} ${b} r=${v} tc1=1m,m=2`]),
  fc
    .tuple(fc.constantFrom('v', 'i'), node, node, source)
    .map(([l, a, b, s]) => [l, `${a} ${b} ${s}`]),
  fc.tuple(node, node, node, value).map(([a, b, c, v]) => ['e', `${a} 0 (${b},${c}) ${v}`]),
  fc.tuple(node, node, behaviour).map(([a, b, e]) => ['b', `${a} ${b} ${e}`]),
  fc.tuple(fc.constantFrom('e', 'g'), node, controlled).map(([l, a, c]) => [l, `${a} 0 ${c}`]),
  fc.tuple(node, node).map(([a, b]) => ['d', `${a} ${b} dd area=2 off`]),
  fc.tuple(node, node, node).map(([a, b, c]) => ['m', `${a} ${b} ${c} 0 nm w=1u ic=1,2,3`]),
  fc.tuple(node, node, value).map(([a, b, v]) => ['x', `${a} ${b} cell r=${v}`]),
);

const control = fc.constantFrom(
  ...['.op', '.tran 1n {10*1n} uic', '.dc v1 0 5 .1', '.ic v(a)={w} v(b)=1', '.nodeset v(a)=1'],
  ...['.options reltol=1e-4 method=gear noacct', '.temp 25 {w}', '.print tran v(a) v(a,b)*2'],
  ...[
    '.func f(x,y) {x*y+w}',
    '.param g(x)={f(x,2)} h=3',
    '.step param w list 1 2',
    '.step r0 1k 2k 1k',
  ],
  ...[
    '.step oct temp 10 40 1',
    '.if (w>1)\n.param z=1\n.else\nr99 a 0 1k\n.endif',
    '.meas m max v(a)',
  ],
  ...['.meas tran d trig v(a) val=0.5*w rise=1 targ v(b)=1 td={w}', '.meas e param=d*2 at=1'],
  ...[
    '.data t w temp\n1 2\n3 4\n.enddata',
    '.options dialect=xyce',
    '.options timeint reltol=1e-4',
  ],
  ...['.save all v(a)', '.global vdd', '.param k={w*3}', '* comment', '', '.title Another'],
);

export const deckText = fc
  .tuple(
    fc.constantFrom('title', 'R1 a b 1k', '', '* Title'),
    fc.array(element, { maxLength: 12 }),
    fc.array(control, { maxLength: 6 }),
  )
  .map(([title, elements, controls]) =>
    [
      title,
      '.param w = 2 ; width',
      ...elements.map(([letter, rest], i) => `${letter}${i} ${rest}`),
      '.subckt cell p q r=1 s={r*2}',
      'r1 p n {s}',
      'r2 n q 1k',
      '.ends cell',
      '.model dd d(is=1e-14,rs=1)',
      '.model nm nmos level=1 vto=.7',
      ...controls,
      '',
    ].join('\n'),
  );

/** Decks of fragments without any order. */
const fragment = fc.constantFrom(
  ...[
    'r1',
    'r2',
    'a',
    '0',
    '1k',
    '1k2',
    '=',
    '(',
    ')',
    '{',
    '}',
    "'",
    '"',
    ',',
    '+',
    ';',
    '$',
    '*',
  ],
  ...['\n', '\n', '\n', '\n+', ' ', ' ', '.param', '.subckt', '.ends', '.model', '.include', 'x1'],
  ...['.control', '.endc', '.end', '.ic', '.save', '.print', '.tran', '.dc', 'v(a)', 'v(', 'b1'],
  ...['v=', 'i=', 'd1', 'm1', 'n1', 'e1', 'f1', 'dd', 'd', 'nmos', 'w', 'a=b', 'b=a', 'params:'],
  ...['pulse', 'pwl', 'dc', 'ac', 'uic', '@m1[gm]', '__proto__', 'constructor', 'toString', '\t'],
  ...['\r\n', 'µ', 'Ω', 'İ', '😀', '\u0000', '.', '..', '.5', '1e', '1e999', '-', '//', 'include'],
  ...['.func', '.lib', '.endl', '.if', '.elseif', '.else', '.endif', '.step', '.data', '.enddata'],
  ...['.meas', '.measure', 'tran', 'f(x)', 'f(', 'x*f(x)', 'agauss(1,1,1)', 'table(', 'akima('],
  ...['list', 'lin', 'dec', 'param', 'temp', 'data=w', 'when', 'trig', 'at=1', 'f(w)=w', '^', '1x'],
  ...['.options', 'dialect=xyce', 'dialect=ltspice', 'timeint', 'ymemristor', '.global_param'],
  ...[
    '.probe',
    'k1',
    'l1',
    'r=',
    '?',
    ':',
    '>',
    '&&',
    '**',
    'r1:r',
    '@r1[r]',
    'd(is)',
    '==',
    'else',
  ],
);
export const brokenText = fc.oneof(
  fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join('')),
  fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(' ')),
  fc.string({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
