import { defineConfig } from 'vitest/config';

const shared = { exclude: ['dist/**', 'node_modules/**'], testTimeout: 10_000 };

/** What measures must not be disturbed by what else is tested. */
const MEASURING = ['test/trust/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'all',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...shared.exclude, ...MEASURING],
        },
      },
      {
        test: { ...shared, name: 'measuring', include: MEASURING, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
