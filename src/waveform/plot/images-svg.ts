import { type Colour, diverging, grey } from './colour-ramp.js';
import { indexedPngAddress } from './indexed-png.js';
import { fontSize, inkColours } from './pane.js';
import { picture, titleHeight } from './picture.js';
import { element, text, textWidth } from './svg-element.js';

/** Panels of small images side by side. */
export interface ImagesRequest {
  readonly title: string;
  readonly subtitle?: string;
  /** Pixels of one image. */
  readonly rows: number;
  readonly columns: number;
  readonly panels: readonly ImagePanel[];
  /**
   * What a byte stands for. `grey`: from black at 0 to white at 254. `signed`: from blue at 0 over
   * white at 127 to orange at 254.
   */
  readonly colours: 'grey' | 'signed';
}

export interface ImagePanel {
  readonly label: string;
  /** Image after image, row by row; 255 is taken as 254. */
  readonly pixels: Uint8Array;
}

const margin = { left: 24, right: 24, bottom: 24, between: 28, label: 22 };
/** Pixels that all panels may take together. */
const mostWidth = 960;
const mostScale = 8;
/** The colour of what lies between images, which no pixel has. */
const gap = 255;
/** For browsers; programs that know no rules with @ take the attribute, which is SVG's own word. */
const sharpPixels = '@media all{.panel{image-rendering:pixelated}}';
const gapColour: Colour = [251, 252, 253];

/** Draws images in panels, each as square as may be; the same place is the same image in all. */
export function imagesSvg(request: ImagesRequest): string {
  const { rows, columns, panels, colours } = request;
  const across = Math.max(1, Math.ceil(Math.sqrt(imagesOf(request, 0))));
  const mosaics = panels.map(({ pixels }) => mosaic(pixels, rows, columns, across));
  const widest = mosaics.reduce((most, { width }) => Math.max(most, width), 1);
  const room = mostWidth / panels.length - margin.between;
  const scale = Math.max(1, Math.min(mostScale, Math.floor(room / widest)));
  const ramp = Array.from({ length: gap }, (_, k) =>
    colours === 'grey' ? grey(k / 254) : diverging(k / 127 - 1),
  );
  const step = widest * scale + margin.between;
  const top = titleHeight + margin.label;
  const drawn = mosaics.flatMap((own, k) => {
    const x = margin.left + k * step;
    return [
      text(panels[k].label, { x, y: top - 8, fill: inkColours.text }),
      element('image', {
        class: 'panel',
        x,
        y: top,
        width: own.width * scale,
        height: own.height * scale,
        href: indexedPngAddress({ ...own, colours: [...ramp, gapColour] }),
        'image-rendering': 'optimizeSpeed',
      }),
    ];
  });
  const tallest = mosaics.reduce((most, { height }) => Math.max(most, height), 0);
  const width = Math.max(
    margin.left + panels.length * step - margin.between + margin.right,
    margin.left + textWidth(request.title, 16) + margin.right,
    margin.left + textWidth(request.subtitle ?? '', fontSize) + margin.right,
  );
  const height = top + tallest * scale + margin.bottom;
  return picture(
    { ...request, width, height, left: margin.left },
    element('style', {}, sharpPixels),
    ...drawn,
  );
}

function imagesOf({ panels, rows, columns }: ImagesRequest, panel: number): number {
  return Math.floor((panels[panel]?.pixels.length ?? 0) / (rows * columns));
}

/** Images in rows of so many, a pixel apart. */
function mosaic(
  images: Uint8Array,
  rows: number,
  columns: number,
  across: number,
): { readonly width: number; readonly height: number; readonly pixels: Uint8Array } {
  const count = Math.floor(images.length / (rows * columns));
  const down = Math.max(1, Math.ceil(count / across));
  const width = across * (columns + 1) - 1;
  const height = down * (rows + 1) - 1;
  const pixels = new Uint8Array(width * height).fill(gap);
  for (let k = 0; k < count; k++) {
    const at = Math.floor(k / across) * (rows + 1) * width + (k % across) * (columns + 1);
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++)
        pixels[at + y * width + x] = Math.min(254, images[(k * rows + y) * columns + x]);
  }
  return { width, height, pixels };
}
