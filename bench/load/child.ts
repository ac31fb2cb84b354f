// The crowd in a process of its own, so that one measurement's memory is not another's: `child.js PART SETTINGS`, which are JSON.
// Sends what it found to its parent, and ends.
import { PARTS } from './parts.ts';

const [part = '', settings = ''] = process.argv.slice(2);
process.on('disconnect', () => process.exit());
const measured = await PARTS[part]!(JSON.parse(settings));
process.send!(measured, () => process.disconnect());
