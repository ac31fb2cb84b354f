// Every process calibrates its own clock: what it says must lie between two readings of the one that all share.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const CLOCK = new URL('../dist/src/monotonic.js', import.meta.url).href;
const PROBE = `
  import { monotonicNs } from ${JSON.stringify(CLOCK)};
  let worst = 0;
  for (let count = 0; count < 1000; count++) {
    const before = Number(process.hrtime.bigint());
    const now = monotonicNs();
    const after = Number(process.hrtime.bigint());
    worst = Math.max(worst, before - now, now - after);
  }
  console.log(worst);
`;

test.for([1, 2, 3])('the clock of process %i is that of the machine, to the tenth of a microsecond', () => {
  const worstNs = Number(execFileSync(process.execPath, ['--input-type=module', '-e', PROBE], { encoding: 'utf8' }));
  expect(worstNs).toBeLessThan(100);
});
