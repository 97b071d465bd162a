import { fontSize, inkColours } from './pane.js';
import { element, escapeText, text } from './svg-element.js';

/** What stands around a drawing. */
export interface PictureFrame {
  readonly title: string;
  /** A second line under the title. */
  readonly subtitle?: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Where the title begins. */
  readonly left: number;
}

/** Room for the two lines of the title. */
export const titleHeight = 62;

/** A whole SVG with a title; what is drawn comes in as elements. */
export function picture(frame: PictureFrame, ...content: string[]): string {
  const { title, subtitle = '', width, height, left } = frame;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`,
      role: 'img',
      'font-family': "Inter, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif",
      'font-size': fontSize,
    },
    element('title', {}, escapeText(title)),
    element('rect', { width, height, fill: '#fbfcfd' }),
    text(title, { x: left, y: 30, 'font-size': 16, 'font-weight': 600, fill: inkColours.text }),
    text(subtitle, { x: left, y: 49, fill: inkColours.faint }),
    ...content,
    '\n',
  );
}
