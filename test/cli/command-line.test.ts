import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/command-line.js';
import { exitCodes } from '../../src/cli/exit-codes.js';
import { reportBug } from '../../src/cli/report-bug.js';
import { packageVersion } from '../../src/cli/version.js';
import { catalog } from '../../src/devices/index.js';
import { capture } from './captured-terminal.js';

describe('oxspice', () => {
  test('--help names commands and exit codes', async () => {
    const { code, out } = await capture(['--help']);
    expect(code).toBe(0);
    for (const { name } of commands) expect(out).toContain(`oxspice ${name}`);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(exitCodes.bug.doc);
  });

  test('run --help names every option', async () => {
    const { code, out } = await capture(['run', '--help']);
    expect(code).toBe(0);
    for (const option of Object.keys(commands[0].options)) expect(out).toContain(`--${option}`);
  });

  test('--version', async () => {
    expect(await capture(['--version'])).toEqual({
      code: 0,
      out: `${packageVersion()}\n`,
      err: '',
    });
  });

  test.each([
    [[], 'C001', 'a command is missing'],
    [['run'], 'C001', 'the deck is missing'],
    [['rnu', 'x.cir'], 'C002', "did you mean 'run'?"],
    [['run', 'x.cir', '--fromat', 'csv'], 'C003', "did you mean '--format'?"],
    // An option of another command is no command, and not what was meant instead of itself.
    [['cosim', 'snn-iris', '--data', 'a.csv'], 'C003', "train has --data; 'oxspice cosim --help'"],
    [['report', 'x', '--set', 'a=1'], 'C003', 'train, cosim have --set'],
    [['cosim', 'snn-iris', '--lvel', 'ideal'], 'C003', "did you mean '--level'?"],
    [['models', 'taem'], 'C004', "did you mean 'team'?"],
    [['run', 'a.cir', 'b.cir'], 'C005', "'b.cir' is a second one"],
    [['run', 'a.cir', '--format', 'jsn'], 'C006', "did you mean 'json'?"],
    [['run', 'a.cir', '--emit', 'x'], 'C006', 'it is one of ast, circuit'],
    [['run', 'a.cir', '--param', 'w'], 'C007', 'name=value'],
    [['run', 'a.cir', '--param', 'w=2x3'], 'C007', 'malformed number'],
    [['run', 'a.cir', '-o'], 'C001', 'not enough arguments'],
  ])('%j is refused', async (args, code, text) => {
    const result = await capture(args);
    expect(result.code).toBe(2);
    expect(result.err).toContain(`error[${code}]`);
    expect(result.err).toContain(text);
    expect(result.out).toBe('');
  });

  test('models lists the catalogue', async () => {
    const { code, out } = await capture(['models']);
    expect(code).toBe(0);
    for (const { definition } of catalog) expect(out).toContain(definition.title);
  });

  test('models team explains its parameters from the table', async () => {
    const { code, out } = await capture(['models', 'team']);
    expect(code).toBe(0);
    // Default, range and meaning as src/devices/memristive/team.ts has them.
    expect(out).toMatch(/roff\s+200\.0 kΩ\s+\(0:inf\)\s+resistance at x = xoff/);
    expect(out).toMatch(/States\n\s+s\s/);
  });

  test('models nmos finds the model by the type of its card', async () => {
    expect((await capture(['models', 'nmos'])).out).toContain('mos1: ');
  });

  test('a bug says that it is one, and shows its stack on request only', () => {
    let text = '';
    const terminal = {
      out: () => undefined,
      err: (more: string) => (text += more),
      coloured: false,
      interrupted: new AbortController().signal,
      debug: false,
    };
    reportBug(new Error('index out of range'), ['run', 'x.cir'], terminal);
    expect(text).toContain('internal error: index out of range');
    expect(text).toContain('This is a bug in OxSpice');
    expect(text).toContain('oxspice run x.cir');
    expect(text).not.toContain('    at ');
    reportBug(new Error('index out of range'), [], { ...terminal, debug: true });
    expect(text).toContain('    at ');
  });
});
