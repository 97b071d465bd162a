import { join } from 'node:path';
import type { Arguments, Command } from '../command.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { makeFolder, writeFile } from '../results/open-file.js';
import type { Terminal } from '../terminal.js';

/** `oxspice report`: a page for each paper from what trainings left. */
export const report: Command = {
  name: 'report',
  positionals: '[folder]',
  describe: 'Write a page for each paper: our tables beside its numbers, from results of trainings',
  options: {
    output: {
      alias: 'o',
      type: 'string',
      requiresArg: true,
      describe: 'Folder for the pages  [default: <folder>/report]',
    },
  },
  examples: [['$0 report results', 'a page for each paper in results/report/']],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    const folder = (given.folder as string | undefined) ?? 'results';
    const out = (given.output as string | undefined) ?? join(folder, 'report');
    const { readResults } = await import('../report/read-results.js');
    const { reportPage, summaryOf } = await import('../report/report-page.js');
    const results = readResults(folder, out);
    makeFolder(out);
    const papers = new Set(results.map(({ paper }) => paper?.source ?? 'Other experiments'));
    for (const source of papers) {
      const own = results
        .filter(({ paper }) => (paper?.source ?? 'Other experiments') === source)
        .sort((a, b) => placeOrder(a).localeCompare(placeOrder(b), 'en'));
      const name = source
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '');
      const path = join(out, `${name}.html`);
      writeFile(path, reportPage(source, own, results));
      const count = `${own.length} experiment${own.length === 1 ? '' : 's'}`;
      terminal.out(`${[`${source}: ${count}.`, summaryOf(own)].join(' ').trim()}\n`);
      terminal.out(`  → ${path}\n`);
    }
    return exitCodes.ok.code;
  },
};

/** Tables and figures of a paper first, then what goes beyond them. */
function placeOrder({ paper, name }: { paper?: { place: string }; name: string }): string {
  const place = paper?.place ?? '';
  return `${/^(table|figure)/.test(place) ? 0 : 1} ${place} ${name}`;
}
