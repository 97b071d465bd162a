/** From SVG to PNG, by packages that need not be installed. */
import { createRequire } from 'node:module';
import { DiagnosticError, error } from '../../base/index.js';

/** Pixels for each of the picture's, so that text stays sharp. */
const scale = 2;

/**
 * Draws an SVG as PNG with the fonts of its own package: without a font all text would silently be
 * lost. Throws a `DiagnosticError` if one of the packages is not there.
 */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const files = fontFiles();
  const resvg = await import('@resvg/resvg-js').catch(() => undefined);
  if (!resvg || !files) throw notInstalled(resvg ? 'dejavu-fonts-ttf' : '@resvg/resvg-js');
  const picture = new resvg.Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontFiles: files, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
  });
  return picture.render().asPng();
}

function fontFiles(): string[] | undefined {
  const { resolve } = createRequire(import.meta.url);
  try {
    return ['DejaVuSans', 'DejaVuSans-Bold'].map((name) =>
      resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
    );
  } catch {
    return undefined;
  }
}

function notInstalled(name: string): DiagnosticError {
  return new DiagnosticError([
    error('C203', `PNG pictures need the optional package '${name}'`, undefined, {
      help: ["install it: 'npm install --include=optional'", 'or leave --plot-format png out: SVG'],
    }),
  ]);
}
