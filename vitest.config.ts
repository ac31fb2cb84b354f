import { defineConfig } from 'vitest/config';

const shared = { exclude: ['dist/**', 'node_modules/**'], testTimeout: 10_000 };

/** What computes and looks at no clock: as many at once as there are processors. */
const COMPUTING = [
  'test/{browser,core,fuzz,reports,scenarios,simulation,wireshark}/**/*.test.{ts,tsx}',
  'test/bench/{changes,figures,folder,load,metrics,models,record,scenario,statistics}/**/*.test.ts',
  'test/cli/{chat,duel,screen}/**/*.test.{ts,tsx}',
];

/** What mostly waits, for a silence to be long enough or a process to end: several can do so at once. */
const WAITING = [
  'test/faults/{killed,stopped,full-disk}.test.ts',
  'test/cli/{chat-across,chat-endings,chat-recovery}.test.ts',
  'test/cli/{machine-faults,rootless,run-endings,run-faults,resume}.test.ts',
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
          exclude: [...shared.exclude, ...COMPUTING, ...WAITING, ...MEASURING],
        },
      },
      {
        test: {
          ...shared,
          name: 'computing',
          include: COMPUTING,
          exclude: [...shared.exclude, ...WAITING],
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...shared, name: 'waiting', include: WAITING, maxWorkers: 3, sequence: { groupOrder: 2 } } },
      {
        test: { ...shared, name: 'measuring', include: MEASURING, fileParallelism: false, sequence: { groupOrder: 3 } },
      },
    ],
  },
});
