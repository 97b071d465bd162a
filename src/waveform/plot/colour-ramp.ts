/** Colours that stand for numbers. */

export type Colour = readonly [red: number, green: number, blue: number];

const white: Colour = [255, 255, 255];
// The first two colours of the palette, darkened so that the ends stay apart in print.
const blue: Colour = [0, 74, 128];
const orange: Colour = [176, 72, 0];

/** From white at 0 to a dark blue at 1. */
export function sequential(part: number): Colour {
  return between(white, blue, part);
}

/** From blue at −1 over white at 0 to orange at 1. */
export function diverging(part: number): Colour {
  return part < 0 ? between(white, blue, -part) : between(white, orange, part);
}

/** From black at 0 to white at 1. */
export function grey(part: number): Colour {
  return between([0, 0, 0], white, part);
}

/** Whether text on it has to be white. */
export function isDark([red, green, blue]: Colour): boolean {
  // The luma of ITU-R BT.601.
  return 0.299 * red + 0.587 * green + 0.114 * blue < 140;
}

/** `#1b2c3d`. */
export function hexColour(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function between(from: Colour, to: Colour, part: number): Colour {
  const t = Math.min(1, Math.max(0, part));
  const mixed = (k: number): number => Math.round(from[k] + t * (to[k] - from[k]));
  return [mixed(0), mixed(1), mixed(2)];
}
