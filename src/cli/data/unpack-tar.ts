/** Files of a tar archive (POSIX ustar) by their base names. */
export function unpackTar(archive: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const decoder = new TextDecoder();
  const text = (from: number, length: number): string =>
    decoder.decode(archive.subarray(from, from + length)).replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0;) {
    const length = parseInt(text(at + 124, 12), 8);
    const name = text(at, 100).replace(/^.*\//, '');
    // Type '0' or none is a plain file.
    if (archive[at + 156] === 0x30 || archive[at + 156] === 0)
      files.set(name, archive.subarray(at + 512, at + 512 + length));
    at += 512 + Math.ceil(length / 512) * 512;
  }
  return files;
}
