// A run on disk: it grows trial by trial, what is written is what is read, and what is no run says why.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readResult } from '../../../src/bench/folder/read-result.ts';
import { RunFolder } from '../../../src/bench/folder/run-folder.ts';
import { MESSAGE_COLUMNS } from '../../../src/bench/folder/trial-tables.ts';
import type { RunResult } from '../../../src/bench/result.ts';
import type { PathTables } from '../../../src/bench/rig/rig.ts';
import type { FinishedTrial, MeasuredOutcome } from '../../../src/bench/run/trial.ts';
import { CallerError, MachineError } from '../../../src/core/errors.ts';
import { ArrivalRecorder } from '../../../src/link/tun/arrivals.ts';
import { failedTrial, measuredTrial, resultOf } from '../made-run.ts';
import { recordOf } from '../record/records.ts';
import { scenarioWith } from '../scenario/library.ts';

function workshop(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const PLACE = { transport: 'udp', link: 'loss 5%', repetition: 2, number: 4 };

const RECORD = {
  ...recordOf({
    plannedNs: [0, 1000.4, 2000, 3000],
    flow: [0, 1, 0, 1],
    sizeBytes: [100, 90, 80, 70],
    arrivals: [
      [2, 2500.6],
      [0, 2600],
      [2, 2700],
    ],
  }),
  sentNs: Float64Array.of(10, 1010, 2010, Number.NaN),
};

function trial(changes: Partial<MeasuredOutcome> = {}): FinishedTrial {
  return measuredTrial({ ...PLACE, record: RECORD, changes });
}

const FAILED = failedTrial('no answer', PLACE);
const SCENARIO = scenarioWith({
  links: { 'loss 5%': { loss: '5%' } },
  claims: [
    { sentence: 'UDP delivers everything.', test: 'delivers-everything', transport: 'udp' },
    { sentence: 'UDP is quick.', test: 'below', metric: 'delay-p50', of: { transport: 'udp' }, than: 10 },
  ],
});
const TRIALS = [
  trial(),
  measuredTrial({ ...PLACE, transport: 'tcp' }),
  measuredTrial({ ...PLACE, repetition: 3 }),
  FAILED,
];
const RESULT = resultOf(SCENARIO, TRIALS);

/** A result that counts so many trials, of a run that has not come to its end. */
function counting(trials: number): RunResult {
  return { ...RESULT, status: { kind: 'incomplete', why: [{ kind: 'under-way', ended: trials, planned: 9 }] } };
}

async function begun(folder: string): Promise<RunFolder> {
  const run = new RunFolder(folder);
  await run.begin(counting(0));
  return run;
}

/** The folder of a run with these trials, which has ended. */
async function written(...trials: FinishedTrial[]): Promise<string> {
  const folder = join(workshop(), 'run');
  const run = await begun(folder);
  for (const [i, trial] of trials.entries()) await run.keep(trial, counting(i + 1));
  await run.finish(RESULT, { 'report.md': '# Report\n' });
  return folder;
}

const HEADER = MESSAGE_COLUMNS.join(',');
const ROWS = [
  'loss 5%,,udp,2,4,0,2,80,2000,2010,,,,,2501,1,,',
  'loss 5%,,udp,2,4,0,0,100,0,10,,,,,2600,1,,',
  'loss 5%,,udp,2,4,0,2,80,2000,2010,,,,,2700,2,,',
  'loss 5%,,udp,2,4,1,1,90,1000,1010,,,,,,0,,',
  'loss 5%,,udp,2,4,1,3,70,3000,,,,,,,0,,',
];

const rowsIn = (file: string) => gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');

describe('a run that has ended', () => {
  test('is read again as it was', async () => {
    const folder = await written();
    expect(await readResult(folder)).toEqual(RESULT);
    expect(readdirSync(folder).sort()).toEqual(['messages.csv.gz', 'report.md', 'run.json']);
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toBe('# Report\n');
    expect(readdirSync(join(folder, '..'))).toEqual(['run']);
  });

  test('has a row for each copy that came and for each message that did not, of every trial that measured', async () => {
    const folder = await written(FAILED, trial(), trial());
    expect(rowsIn(join(folder, 'messages.csv.gz'))).toEqual([HEADER, ...ROWS, ...ROWS]);
  });

  test('has many messages, none twice and none left out', async () => {
    const many = Array.from({ length: 20_000 }, (_, message) => message);
    const record = recordOf({
      plannedNs: many,
      arrivals: many.filter((message) => message % 3 > 0).map((message) => [message, message + 5]),
    });
    const folder = await written(trial({ record }));
    const messages = rowsIn(join(folder, 'messages.csv.gz'))
      .slice(1)
      .map((row) => Number(row.split(',')[MESSAGE_COLUMNS.indexOf('message')]));
    expect(messages.sort((a, b) => a - b)).toEqual(many);
  });

  test('has the tables of the path, where there was one, each with one header', async () => {
    const folder = await written(trial(), trial({ link: { path: PATH } }), trial({ link: { path: PATH } }));
    const rows = [
      'loss 5%,,udp,2,4,up,udp,128,1,2,,dropped: loss,0,-1,0,5000',
      'loss 5%,,udp,2,4,down,udp,129,2,3,4,delivered,1,-1,1,5001',
    ];
    expect(rowsIn(join(folder, 'packets.csv.gz'))).toEqual([
      `link,point,transport,repetition,trial,${Object.keys(PATH.packets).join(',')}`,
      ...rows,
      ...rows,
    ]);
    expect(rowsIn(join(folder, 'queue.csv.gz'))[1]).toBe('loss 5%,,udp,2,4,up,7,1500');
  });

  test('has nothing of a run that was killed before it had begun', async () => {
    const parent = workshop();
    mkdirSync(join(parent, '.run.unfinished'));
    writeFileSync(join(parent, '.run.unfinished', 'packets.csv.gz'), 'of another run');
    await begun(join(parent, 'run'));
    expect(readdirSync(parent)).toEqual(['run']);
    expect(readdirSync(join(parent, 'run')).sort()).toEqual(['messages.csv.gz', 'run.json']);
  });
});

const PATH: PathTables = {
  packets: {
    direction: ['up', 'down'],
    kind: ['udp', 'udp'],
    sizeBytes: [128, 129],
    offeredNs: [1.4, 2],
    sentNs: [1.6, 3],
    dueNs: [Number.NaN, 4],
    fate: ['dropped: loss', 'delivered'],
    copies: [0, 1],
    corruptBit: [-1, -1],
    message: [0, 1],
    clientPort: [5000, 5001],
  },
  arrivals: new ArrivalRecorder().table,
  queue: { direction: ['up'], atNs: [7], bytes: [1500] },
};

describe('a run that is under way', () => {
  test('is on disk from its beginning, and after every trial with that trial', async () => {
    const folder = join(workshop(), 'run');
    const run = await begun(folder);
    expect(await readResult(folder)).toEqual(counting(0));
    expect(rowsIn(join(folder, 'messages.csv.gz'))).toEqual([HEADER]);
    for (const trials of [1, 2, 3]) {
      await run.keep(trial(), counting(trials));
      expect(await readResult(folder)).toEqual(counting(trials));
      expect(rowsIn(join(folder, 'messages.csv.gz'))).toHaveLength(1 + trials * ROWS.length);
    }
    // Room for the word that the disk is full; it goes when the run has come to its end.
    expect(readdirSync(folder).sort()).toEqual(['.room', 'messages.csv.gz', 'run.json']);
    await run.finish(counting(3), {});
    expect(readdirSync(folder).sort()).toEqual(['messages.csv.gz', 'run.json']);
  });

  test('keeps what is whole where a trial can not be written, says why, and counts no part of that trial', async () => {
    const folder = join(workshop(), 'run');
    const run = await begun(folder);
    await run.keep(trial(), counting(1));
    mkdirSync(join(folder, 'packets.csv.gz'));
    const keeping = run.keep(trial({ link: { path: PATH } }), counting(2));
    await expect(keeping).rejects.toThrow(MachineError);
    await expect(keeping).rejects.toThrow(/^The run could not be written to .*EISDIR.*What was measured before stands/);
    expect(rowsIn(join(folder, 'messages.csv.gz'))).toEqual([HEADER, ...ROWS]);
    const { status } = await readResult(folder);
    expect(status).toMatchObject({
      kind: 'incomplete',
      why: [{ kind: 'not-written', said: expect.stringMatching(/^EISDIR/) }],
    });
  });

  test('is as it was where a row could not be made', async () => {
    const folder = join(workshop(), 'run');
    const run = await begun(folder);
    const bug = {
      get outcome(): never {
        throw new Error('no record');
      },
      plan: FAILED.plan,
    };
    await expect(run.keep(bug, counting(1))).rejects.toThrow('no record');
    expect(await readResult(folder)).toEqual(counting(0));
    expect(rowsIn(join(folder, 'messages.csv.gz'))).toEqual([HEADER]);
  });
});

describe('what can not be written', () => {
  test('under a file says so', async () => {
    const parent = workshop();
    writeFileSync(join(parent, 'file'), '');
    for (const attempt of [
      new RunFolder(join(parent, 'file', 'run')).tryPlace(),
      new RunFolder(join(parent, 'file', 'run')).begin(RESULT),
    ]) {
      await expect(attempt).rejects.toThrow(MachineError);
      await expect(attempt).rejects.toThrow(/^The run could not be written to .*file\/run: .*\.$/);
    }
    expect(readdirSync(parent)).toEqual(['file']);
  });

  test('leaves what was there, and nothing else', async () => {
    const parent = workshop();
    const folder = join(parent, 'run');
    mkdirSync(folder);
    writeFileSync(join(folder, 'precious'), '');
    await expect(new RunFolder(folder).begin(RESULT)).rejects.toThrow(MachineError);
    expect(readdirSync(parent)).toEqual(['run']);
    expect(readdirSync(folder)).toEqual(['precious']);
  });
});

type Fields = Record<string, unknown>;

describe('what is no run', () => {
  test.each<[string, string | undefined, RegExp]>([
    ['an empty folder', undefined, /is no run: it has no run\.json\. Give a folder that "lab run" wrote\.$/],
    ['a run.json cut short', '{"format": "transport-lab run", "ver', /run\.json is damaged: /],
    ['an empty run.json', '', /run\.json is damaged: /],
    ['a list', '[]', /is no run of transport-lab/],
    ['a word', '"run"', /is no run of transport-lab/],
    ['null', 'null', /is no run of transport-lab/],
    ['the file of another program', '{"format":"flent"}', /is no run of transport-lab/],
    ['a newer run', JSON.stringify({ ...RESULT, version: 4 }), /has version 4 .* reads version 3\. Use the lab that/],
    ['a run without cells', JSON.stringify({ ...RESULT, cells: undefined }), /is damaged: cells: is missing\.$/],
    ['a run with nothing in it', '{"format":"transport-lab run","version":3}', /is damaged: status: is missing\.$/],
  ])('%s', async (_what, text, words) => {
    const folder = workshop();
    if (text !== undefined) writeFileSync(join(folder, 'run.json'), text);
    const reading = readResult(folder);
    await expect(reading).rejects.toThrow(CallerError);
    await expect(reading).rejects.toThrow(words);
    await expect(reading).rejects.toThrow(/^[^\n]*$/);
  });

  test.each<[path: string, value: unknown, words: string]>([
    ['status.kind', 'nearly', 'unknown; known: complete, incomplete'],
    ['status', { kind: 'incomplete' }, 'status.why: is missing'],
    ['scenario.title', 7, '7 is not text'],
    ['status', { kind: 'incomplete', why: 'stopped' }, 'status.why: "stopped" is not a list'],
    ['status', { kind: 'incomplete', why: [{ kind: 'tired' }] }, 'status.why.0.kind: unknown; known: under-way, '],
    ['scenario.contestants.0.knobs', 'none', '"none" is not a set of fields'],
    ['scenario.points.0.workload.users', 'four', '"four" is not a number'],
    ['scenario.points.0.links', ['clean'], '["clean"] is not a set of fields'],
    ['environment.kernel', undefined, 'is missing'],
    ['metrics.loss.title', undefined, 'is missing'],
    ['cells.0', null, 'null is not a set of fields'],
    ['cells.0.point', undefined, 'is missing'],
    ['cells.0.figures.lost', 20, '20 is not a set of fields'],
    ['cells.0.figures.loss.value', 'all', '"all" is not a number'],
    ['cells.0.account.lost', 3, '3 is not a set of fields'],
    ['cells.0.repetitions', {}, '{} is not a list'],
    ['cells.0.repetitions.0.outcome.kind', undefined, 'unknown; known: measured, failed'],
    ['cells.0.repetitions.0.outcome.figures.sent', '1500', '"1500" is not a number'],
    ['cells.0.repetitions.0.outcome.link', { offeredPackets: 1 }, 'cells.0.repetitions.0.outcome.link.droppedPackets'],
    ['comparisons.0.figures.lost.conclusion', 'maybe', 'unknown "maybe"; known: less, more, no-difference'],
    ['fairness.0.values', [], '[] is not a set of fields'],
    ['vanishing', [{ transport: 'udp', watchedMs: 1000 }], 'vanishing.0.noticedAfterMs: is missing'],
    ['verdicts.0.evidence.0.lost', '146', '"146" is not a number'],
    ['verdicts.1.figures.0.conclusion', undefined, 'is missing'],
    ['verdicts.0.outcome', 'maybe', 'unknown "maybe"; known: held, partly, refuted, not-tested'],
    ['warnings.0', 1, '1 is not a set of fields'],
  ])('a run whose %s is %j', async (path, value, words) => {
    const folder = workshop();
    const damaged: unknown = JSON.parse(JSON.stringify(RESULT));
    const steps = path.split('.');
    const holder = steps.slice(0, -1).reduce((at, step) => at[step] as Fields, damaged as Fields);
    holder[steps.at(-1)!] = value;
    writeFileSync(join(folder, 'run.json'), JSON.stringify(damaged));
    const error = await readResult(folder).catch((why: unknown) => why);
    expect(error).toBeInstanceOf(CallerError);
    const { message } = error as CallerError;
    expect(message).toContain(words.startsWith(path) ? words : `run.json is damaged: ${path}: ${words}`);
    expect(message).not.toContain('\n');
  });

  test('but not one that has more in it than this program knows', async () => {
    const folder = workshop();
    const newer = { ...RESULT, weather: 'fair', status: { kind: 'complete', since: 'today' } };
    writeFileSync(join(folder, 'run.json'), JSON.stringify(newer));
    expect(await readResult(folder)).toEqual(newer);
  });

  test('a folder that is not there, and a file', async () => {
    const parent = workshop();
    writeFileSync(join(parent, 'file'), '');
    for (const name of ['absent', 'file']) {
      await expect(readResult(join(parent, name))).rejects.toThrow(/is no run: it has no run\.json/);
    }
  });
});
