import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/closing-line-reporter.ts'],
    testTimeout: 60_000,
    maxWorkers: 2,
    // Modules keep nothing of a test: files of a worker share them, which saves a third of the time.
    isolate: false,
  },
});
