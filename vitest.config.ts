import { defineConfig } from 'vitest/config';

/** chDB holds one libuv thread per running query: the pool must be wide before the first async call. */
const UV_THREADS = '24';

export default defineConfig({
  test: {
    env: { UV_THREADPOOL_SIZE: UV_THREADS },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'demo/**/*.test.ts',
            'scripts/**/*.test.ts',
            'web/**/*.test.ts',
            'test/contract/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/system/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
