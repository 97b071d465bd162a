// A deck's text with the tolerances of a reference.
import { parseQuantity } from '../../dist/base/index.js';

const tight = {
  abstol: 1e-14,
  vntol: 1e-9,
  trtol: 1,
  itl1: 1000,
  itl4: 200,
};

/** The stop time of the deck's `.tran` card [s]; undefined if it has none. */
export function stopTime(text) {
  const card = /^\.tran\s+\S+\s+(\S+)/im.exec(text);
  return card ? parseQuantity(card[1]) : undefined;
}

/** `maxStep` [s] and `chgtol` [C] matter to a `.tran` only. */
export function tightened(text, { reltol, chgtol, maxStep }) {
  const options = Object.entries({ reltol, chgtol, ...tight }).map(
    ([name, value]) => `${name}=${value}`,
  );
  const names = ['reltol', 'chgtol', ...Object.keys(tight)].join('|');
  const loose = new RegExp(`\\b(${names})\\s*=\\s*\\S+`, 'gi');
  return text
    .replace(/^\.opt.*$/gim, (card) => card.replace(loose, ''))
    .replace(/^\.tran\s+(\S+)\s+(\S+)(.*)$/gim, (_, step, stop, rest) => {
      const [start = '0'] = rest
        .trim()
        .split(/\s+/)
        .filter((word) => /^[\d.]/.test(word));
      return `.tran ${step} ${stop} ${start} ${maxStep}${/\buic\b/i.test(rest) ? ' uic' : ''}`;
    })
    .replace(/^\.end\s*$/im, `.options ${options.join(' ')}\n.end`);
}
