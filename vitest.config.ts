import { defineConfig } from 'vitest/config';

const shared = { exclude: ['dist/**', 'node_modules/**'], testTimeout: 20_000 };

/** Nothing of a process is counted there; one for each file would take up to a fifth of the time. */
const inOneProcess = { ...shared, isolate: false };

/** What computes and looks at no clock: as many at once as there are processors. */
const COMPUTING = [
  'test/{browser,core,fuzz,reports,scenarios,simulation,wireshark}/**/*.test.{ts,tsx}',
  'test/bench/{changes,figures,folder,load,metrics,models,record,scenario,statistics}/**/*.test.ts',
  'test/cli/{chat,duel,screen}/**/*.test.{ts,tsx}',
];

/** What starts the lab as a program, and mostly waits: for it to be there, for a silence to be long enough, for an end. */
const WAITING = [
  'test/cli/*.test.ts',
  'test/cli/duel/duel.test.ts',
  'test/faults/**/*.test.ts',
  'test/security/{nothing-fetched,paths}.test.ts',
  'test/bench-load/**/*.test.ts',
];

/** What measures must not be disturbed by what else is tested. */
const MEASURING = ['test/trust/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          // What talks with the kernel, and whatever is in no other group: it waits for half of its time.
          name: 'general',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...shared.exclude, ...COMPUTING, ...WAITING, ...MEASURING],
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...inOneProcess,
          name: 'computing',
          include: COMPUTING,
          exclude: [...shared.exclude, ...WAITING],
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...inOneProcess, name: 'waiting', include: WAITING, maxWorkers: 2, sequence: { groupOrder: 2 } } },
      {
        test: { ...shared, name: 'measuring', include: MEASURING, fileParallelism: false, sequence: { groupOrder: 3 } },
      },
    ],
  },
});
