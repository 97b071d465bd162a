// How many columns a text takes, for the command line's help: one for each character, none for marks
// and colours. The package of this name cuts text with Intl.Segmenter, which takes longer to make
// than a small deck takes to run.
const colours = /\x1b\[[\d;]*m/g;

export default function stringWidth(text) {
  return [...text.replaceAll(colours, '').normalize('NFC')].length;
}
