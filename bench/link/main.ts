// npm run bench:link — is the packet emulator true, and is it fast? Configured against achieved on a table of links, as the
// hosts see it; then its speed beside a plain C loop, in the same run. Needs what the emulator needs, and ping, irtt and
// iperf3. Options: --only truth|speed, --rounds N and --seconds N (of the speed), --json.
import { parseArgs } from 'node:util';
import { measureGarbage } from './garbage.ts';
import { measureSpeed } from './speed.ts';
import { garbageLine, speedTable, truthTable } from './tables.ts';
import { measureTruth } from './truth.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});

const told = (words: string) => console.error(words);
const truth = values.only === 'speed' ? undefined : await measureTruth(told);
const speed =
  values.only === 'truth' ? undefined : await measureSpeed(Number(values.rounds), Number(values.seconds), told);
const garbage = values.only === 'truth' ? undefined : await measureGarbage(told);
if (values.json) console.log(JSON.stringify({ truth, speed, garbage }, null, 2));
else {
  if (truth !== undefined) console.log(truthTable(truth));
  if (speed !== undefined) console.log(speedTable(speed));
  if (garbage !== undefined) console.log(garbageLine(garbage));
}
