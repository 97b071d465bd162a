/**
 * Text of a deck from its bytes: UTF-8, or Latin-1 where the bytes are not valid UTF-8, as older
 * editors write the µ of `1µF`. A byte order mark is left out.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
