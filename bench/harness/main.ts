// npm run bench:harness — what the lab itself can do: how many messages a second it sends on time, how late its timers are, what
// a million messages cost in memory, how long their analysis takes, and how long `lab run intro` takes. Every load is a real
// run with its processes. Takes some two minutes. Options: --only load|tun|analysis|intro (repeatable), --json.
import { parseArgs } from 'node:util';
import { analysisRows } from './analysis-rows.ts';
import { introRows } from './intro-rows.ts';
import { loadRows, tunRows } from './load-rows.ts';
import { type Row, table } from './table.ts';

const PARTS = { load: loadRows, tun: tunRows, analysis: analysisRows, intro: introRows };

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(PARTS) },
    json: { type: 'boolean', default: false },
  },
});

const rows: Row[] = [];
for (const [name, measure] of Object.entries(PARTS)) {
  if (!values.only.includes(name)) continue;
  if (!values.json) console.error(`measuring: ${name}`);
  rows.push(...(await measure()));
}
console.log(values.json ? JSON.stringify(rows, null, 2) : table(rows));
