import { describe, expect, it } from 'vitest';
import { renderDiagnostic, type Source } from '../../src/base/index.js';
import { parseNetlist } from '../../src/netlist/index.js';

const library = `* models
.lib tt
.param r=1k
.lib models.lib common
.endl tt
.lib ff
.param r=2k
.endl
.LIB Common
.param c=3
.ENDL
.lib loop
.lib models.lib loop
.endl
r9 a 0 9
`;

const files: Readonly<Record<string, string>> = {
  'models.lib': library,
  'plain.lib': '.model dd d(is=1e-15)\nr8 a 0 8\n',
  'open.lib': '.lib tt\n.param r=1\n',
};

function read(...cards: readonly string[]) {
  const reader = (path: string): Source | undefined =>
    path in files ? { name: path, text: files[path] } : undefined;
  return parseNetlist(['title', ...cards].join('\n'), { reader });
}

describe('.lib', () => {
  it.each([
    ['.lib models.lib tt', { r: 1e3, c: 3 }],
    ['.lib "models.lib" TT', { r: 1e3, c: 3 }],
    [".lib 'models.lib' ff", { r: 2e3 }],
    [".lib 'models.lib' 'ff'", { r: 2e3 }],
  ])('%s', (card, expected) => {
    const { circuit } = read(card, 'r1 a 0 1');
    expect(Object.fromEntries(circuit?.parameters ?? [])).toEqual(expected);
    expect(circuit?.instances.map(({ name }) => name)).toEqual(['r1']);
  });

  it('reads a whole file where no section is named, as PSpice does', () => {
    const { circuit } = read('.lib plain.lib', 'd1 a 0 dd');
    expect(circuit?.instances.map(({ name }) => name)).toEqual(['r8', 'd1']);
  });

  it('leaves sections out of what .include reads', () => {
    const { circuit } = read('.include models.lib');
    expect(circuit?.instances.map(({ name }) => name)).toEqual(['r9']);
    expect(circuit?.parameters.size).toBe(0);
  });

  it('is looked for beside the including file, then beside the deck', () => {
    const there: Record<string, string> = {
      'sub/a.lib': '.include b.inc\n.include sub/c.inc\n',
      'sub/b.inc': 'r1 a 0 1\n',
      'sub/c.inc': 'r2 a 0 2\n',
    };
    const reader = (path: string, from: Source): Source | undefined => {
      const name = from.name.startsWith('sub/') ? `sub/${path}` : path;
      return name in there ? { name, text: there[name] } : undefined;
    };
    const { circuit } = parseNetlist('title\n.lib sub/a.lib\n', { reader });
    expect(circuit?.instances.map(({ name }) => name)).toEqual(['r1', 'r2']);
  });

  it('lists the sections there are', () => {
    const { diagnostics } = read('.lib models.lib fff');
    const text = diagnostics.map((each) => renderDiagnostic(each)).join('\n');
    expect(text).toContain("no section 'fff'");
    expect(text).toContain("did you mean 'ff'?");
    expect(text).toContain('it has: tt, ff, common, loop');
  });

  it.each([
    ['.lib models.lib loop', 'N406'],
    ['.lib open.lib tt', undefined],
    ['.lib nowhere.lib tt', 'N203'],
    ['.lib', 'N401'],
    ['.endl', 'N403'],
  ])('%s is %s', (card, code) => {
    const codes = read(card).diagnostics.map((each) => each.code);
    if (code) expect(codes).toContain(code);
  });
});
