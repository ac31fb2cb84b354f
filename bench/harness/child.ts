// A process of the benchmark, so that one measurement's memory is not another's: `child.js load|analysis SETTINGS`, which
// are JSON. Sends what it found to its parent, and ends.
import { measureAnalysis } from './analysis.ts';
import { measureLoad } from './load.ts';

const [what, settings = ''] = process.argv.slice(2);
const measured = await (what === 'load' ? measureLoad(JSON.parse(settings)) : measureAnalysis(JSON.parse(settings)));
process.send!(measured, () => process.disconnect());
