import { defineConfig } from 'vitest/config';

const shared = { exclude: ['dist/**', 'node_modules/**'], testTimeout: 10_000 };

/** What mostly waits, for a silence to be long enough or a process to end: several can do so at once. */
const WAITING = [
  'test/faults/{killed,stopped,full-disk}.test.ts',
  'test/cli/{chat-across,chat-endings,chat-recovery,run-endings,resume}.test.ts',
  'test/cli/duel/duel.test.ts',
];

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
          exclude: [...shared.exclude, ...WAITING, ...MEASURING],
        },
      },
      { test: { ...shared, name: 'waiting', include: WAITING, maxWorkers: 3, sequence: { groupOrder: 1 } } },
      {
        test: { ...shared, name: 'measuring', include: MEASURING, fileParallelism: false, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
