/**
 * Eight colours that people with the usual colour-vision deficiencies tell apart on white:
 * Okabe and Ito, "Color Universal Design", 2008, with its yellow (too faint as a line) replaced by
 * the olive of Tol's muted scheme. From the ninth trace on the colours come again, dashed.
 */
const colours = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#4d4d4d',
  '#999933',
] as const;

const dashes = ['', '6 3', '2 3', '9 3 2 3', '12 4'] as const;

export interface LineStyle {
  readonly colour: string;
  /** As `stroke-dasharray`; empty for a full line. */
  readonly dash: string;
}

/** The style of the trace with this number, from 0. */
export function lineStyle(index: number): LineStyle {
  const turn = Math.floor(index / colours.length);
  return { colour: colours[index % colours.length], dash: dashes[turn % dashes.length] };
}
