export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An SVG element as text; attributes that are undefined or empty are left out. */
export function element(name: string, attributes: Attributes, ...content: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => ` ${key}="${escapeText(shortened(value!))}"`)
    .join('');
  if (content.length === 0) return `<${name}${written}/>`;
  return `<${name}${written}>${content.join('')}</${name}>`;
}

/** A line of text at a place. */
export function text(content: string, attributes: Attributes): string {
  return element('text', attributes, escapeText(content));
}

/** Also drops what XML cannot hold at all, such as control characters in a title. */
export function escapeText(content: string): string {
  return content
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** An upper estimate of a text's width in pixels; there is no font here to measure with. */
export function textWidth(content: string, size: number): number {
  return content.length * size * 0.6;
}

/** Hundredths of a pixel are enough. */
function shortened(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
}
