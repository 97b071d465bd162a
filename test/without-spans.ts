/** A copy of a tree without its places in the source, for comparing what was read. */
export function withoutSpans(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) =>
      key === 'span' || key === 'source' ? undefined : value,
    ) ?? 'null',
  );
}
