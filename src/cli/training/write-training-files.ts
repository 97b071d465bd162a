import type { TrainingFile } from '../../arch/index.js';
import { writeCsv, writeRaw } from '../../waveform/index.js';
import { writeFile } from '../results/open-file.js';

/** Writes what a training wants kept beside its results; `stem` is the path without an ending. */
export async function writeTrainingFiles(
  stem: string,
  files: readonly TrainingFile[],
): Promise<void> {
  for (const file of files) {
    const path = `${stem}.${file.name}`;
    if ('content' in file) {
      writeFile(path, file.content);
      continue;
    }
    const { dataset } = file;
    const { plotSvg } = await import('../../waveform/plot/index.js');
    writeFile(`${path}.raw`, writeRaw(dataset));
    writeFile(`${path}.csv`, writeCsv(dataset));
    writeFile(`${path}.svg`, plotSvg({ dataset }));
  }
}
