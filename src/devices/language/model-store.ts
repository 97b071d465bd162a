/**
 * Where compiled models are kept between runs. Keys say all that a text depends on, except for the
 * compiler: the store keeps texts of different compilers apart. A store never throws; what it gives
 * back is what was written, or nothing.
 */
export interface ModelStore {
  read(key: string): string | undefined;
  write(key: string, text: string): void;
}
