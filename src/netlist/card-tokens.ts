import { createToken, type CustomPatternMatcherFunc, Lexer } from 'chevrotain';

/** Tokens of cards. What stands in braces or single quotes is one token: an expression. */
export const blank = createToken({ name: 'blank', pattern: /\s+/, group: Lexer.SKIPPED });

/** `{…}` with braces inside. */
const matchBraces: CustomPatternMatcherFunc = (text, offset) => {
  if (text[offset] !== '{') return null;
  let depth = 0;
  for (let i = offset; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return [text.slice(offset, i + 1)];
  }
  return null;
};

export const braced = createToken({
  name: 'braced',
  pattern: { exec: matchBraces },
  start_chars_hint: ['{'],
  line_breaks: false,
});
export const quoted = createToken({ name: 'quoted', pattern: /'[^']*'/ });
export const text = createToken({ name: 'text', pattern: /"[^"]*"/ });
/** An opening brace or quote without its end. */
export const unclosed = createToken({ name: 'unclosed', pattern: /[{'"][^]*/ });
export const equals = createToken({ name: 'equals', pattern: '=' });
export const open = createToken({ name: 'open', pattern: '(' });
export const close = createToken({ name: 'close', pattern: ')' });
export const comma = createToken({ name: 'comma', pattern: ',' });
export const word = createToken({ name: 'word', pattern: /[^\s={}()'",]+/ });
export const stray = createToken({ name: 'stray', pattern: /}/ });

export const cardTokens = [
  blank,
  braced,
  quoted,
  text,
  unclosed,
  equals,
  open,
  close,
  comma,
  word,
  stray,
];
