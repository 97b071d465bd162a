/** A card, with continuation lines where it is longer than a line. */
export function card(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length > 98) {
      lines.push(line);
      line = `+ ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/** Comment lines, wrapped. */
export function comment(text: string): string {
  return text
    .split('\n')
    .map((line) => `* ${line}`.trimEnd())
    .join('\n');
}

/** A number as decks have it: at most nine digits. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(9)));
}

/** A time in microseconds, as sources have it. */
export function microseconds(seconds: number): string {
  return `${figure(seconds * 1e6)}u`;
}
