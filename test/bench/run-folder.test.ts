// A run on disk: what is written is what is read, and what is no run says why.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FinishedTrial, Run } from '../../src/bench/run.ts';
import { readResult, writeRun } from '../../src/bench/run-folder.ts';
import { CallerError, MachineError } from '../../src/core/errors.ts';
import { cell, LOSSY, NOTHING_DELIVERED, result } from '../reports/results.ts';
import { recordOf } from './records.ts';

function workshop(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const PLAN = { number: 4, transport: 'udp', link: 'loss 5%', repetition: 2, channelSeed: 9 };

function trial(changes: Partial<FinishedTrial['outcome'] & { kind: 'measured' }> = {}): FinishedTrial {
  const record = {
    ...recordOf({
      plannedNs: [0, 1000.4, 2000, 3000],
      flow: [0, 1, 0, 1],
      arrivals: [
        [2, 2500.6],
        [0, 2600],
        [2, 2700],
      ],
    }),
    sentNs: Float64Array.of(10, 1010, 2010, Number.NaN),
  };
  return { plan: PLAN, outcome: { kind: 'measured', measured: { record, setUpsMs: [] }, link: {}, ...changes } };
}

function runOf(...trials: FinishedTrial[]): Run {
  return { result: result({ cells: [cell('a', 'tcp', NOTHING_DELIVERED), cell('a', 'udp', LOSSY)] }), trials };
}

const rowsIn = (file: string) => gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');

describe('a run that was written', () => {
  test('is read again as it was', async () => {
    const folder = join(workshop(), 'deep', 'run');
    const run = runOf();
    await writeRun(folder, run, { 'report.md': '# Report\n' });
    expect(await readResult(folder)).toEqual(run.result);
    expect(readdirSync(folder).sort()).toEqual(['messages.csv.gz', 'report.md', 'run.json']);
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toBe('# Report\n');
    expect(readdirSync(join(folder, '..'))).toEqual(['run']);
  });

  test('has a row for each copy that came and for each message that did not', async () => {
    const folder = join(workshop(), 'run');
    const failed: FinishedTrial = { plan: PLAN, outcome: { kind: 'failed', why: 'no answer' } };
    await writeRun(folder, runOf(failed, trial()), {});
    expect(rowsIn(join(folder, 'messages.csv.gz'))).toEqual([
      'link,transport,repetition,trial,flow,message,planned_ns,sent_ns,arrived_ns,copy',
      'loss 5%,udp,2,4,0,2,2000,2010,2501,1',
      'loss 5%,udp,2,4,0,0,0,10,2600,1',
      'loss 5%,udp,2,4,0,2,2000,2010,2700,2',
      'loss 5%,udp,2,4,1,1,1000,1010,,0',
      'loss 5%,udp,2,4,1,3,3000,,,0',
    ]);
  });

  test('has many messages, none twice and none left out', async () => {
    const folder = join(workshop(), 'run');
    const many = Array.from({ length: 20_000 }, (_, message) => message);
    const record = recordOf({
      plannedNs: many,
      arrivals: many.filter((message) => message % 3 > 0).map((message) => [message, message + 5]),
    });
    await writeRun(folder, runOf(trial({ measured: { record, setUpsMs: [] } })), {});
    const messages = rowsIn(join(folder, 'messages.csv.gz'))
      .slice(1)
      .map((row) => Number(row.split(',')[5]));
    expect(messages.sort((a, b) => a - b)).toEqual(many);
  });

  test('has the tables of the path, where there was one', async () => {
    const folder = join(workshop(), 'run');
    const path = {
      packets: { at_ns: [1.4, Number.NaN], fate: ['dropped: loss', 'delivered'] },
      arrivals: { at_ns: [] },
      queue: { at_ns: [7], bytes: [1500] },
    };
    await writeRun(folder, runOf(trial({ link: { path } }), trial()), {});
    expect(rowsIn(join(folder, 'packets.csv.gz'))).toEqual([
      'link,transport,repetition,trial,at_ns,fate',
      'loss 5%,udp,2,4,1,dropped: loss',
      'loss 5%,udp,2,4,,delivered',
    ]);
    expect(rowsIn(join(folder, 'queue.csv.gz'))[1]).toBe('loss 5%,udp,2,4,7,1500');
  });

  test('has nothing that a run left behind which ended before its time', async () => {
    const parent = workshop();
    mkdirSync(join(parent, '.run.unfinished'));
    writeFileSync(join(parent, '.run.unfinished', 'packets.csv.gz'), 'of another run');
    await writeRun(join(parent, 'run'), runOf(), {});
    expect(readdirSync(parent)).toEqual(['run']);
    expect(readdirSync(join(parent, 'run')).sort()).toEqual(['messages.csv.gz', 'run.json']);
  });
});

describe('what can not be written', () => {
  test('under a file says so', async () => {
    const parent = workshop();
    writeFileSync(join(parent, 'file'), '');
    const writing = writeRun(join(parent, 'file', 'run'), runOf(), {});
    await expect(writing).rejects.toThrow(MachineError);
    await expect(writing).rejects.toThrow(/^The run could not be written to .*file\/run: .*\.$/);
    expect(readdirSync(parent)).toEqual(['file']);
  });

  test('leaves what was there, and nothing else', async () => {
    const parent = workshop();
    const folder = join(parent, 'run');
    mkdirSync(folder);
    writeFileSync(join(folder, 'precious'), '');
    await expect(writeRun(folder, runOf(trial()), {})).rejects.toThrow(MachineError);
    expect(readdirSync(parent)).toEqual(['run']);
    expect(readdirSync(folder)).toEqual(['precious']);
  });

  test('because a row could not be made leaves nothing', async () => {
    const parent = workshop();
    const broken = trial({ measured: { record: { ...recordOf({ plannedNs: [0], arrivals: [] }) }, setUpsMs: [] } });
    const bug = {
      get outcome(): never {
        throw new Error('no record');
      },
      plan: broken.plan,
    };
    await expect(writeRun(join(parent, 'run'), runOf(bug), {})).rejects.toThrow(/no record/);
    expect(existsSync(join(parent, 'run'))).toBe(false);
    expect(readdirSync(parent)).toEqual([]);
  });
});

describe('what is no run', () => {
  test.each<[string, string | undefined, RegExp]>([
    ['an empty folder', undefined, /is no run: it has no run\.json\. Give a folder that "lab run" wrote\.$/],
    ['a run.json cut short', '{"format": "transport-lab run", "ver', /run\.json is damaged: /],
    ['an empty run.json', '', /run\.json is damaged: /],
    ['a list', '[]', /is no run of transport-lab/],
    ['a word', '"run"', /is no run of transport-lab/],
    ['null', 'null', /is no run of transport-lab/],
    ['the file of another program', '{"format":"flent"}', /is no run of transport-lab/],
    ['a newer run', JSON.stringify({ ...result(), version: 2 }), /has version 2 .* reads version 1\. Use the lab that/],
    ['a run without cells', JSON.stringify({ ...result(), cells: undefined }), /is damaged: it has no cells\.$/],
    [
      'a run with nothing in it',
      '{"format":"transport-lab run","version":1}',
      /it has no status, scenario, environment, cells, vanishing, verdicts\.$/,
    ],
  ])('%s', async (_what, text, words) => {
    const folder = workshop();
    if (text !== undefined) writeFileSync(join(folder, 'run.json'), text);
    const reading = readResult(folder);
    await expect(reading).rejects.toThrow(CallerError);
    await expect(reading).rejects.toThrow(words);
    await expect(reading).rejects.toThrow(/^[^\n]*$/);
  });

  test('a folder that is not there, and a file', async () => {
    const parent = workshop();
    writeFileSync(join(parent, 'file'), '');
    for (const name of ['absent', 'file']) {
      await expect(readResult(join(parent, name))).rejects.toThrow(/is no run: it has no run\.json/);
    }
  });
});
