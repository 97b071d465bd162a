/** Numbers between 0 and 1 that are the same in every run (Park and Miller 1988). */
export function randomStream(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
