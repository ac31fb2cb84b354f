// A run that is kept for long may be compressed: it is read as if it were not.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readResult } from '../../../src/bench/folder/read-result.ts';
import type { RunResult } from '../../../src/bench/result.ts';
import { CallerError } from '../../../src/core/errors.ts';
import { measuredTrial, resultOf } from '../made-run.ts';
import { scenarioWith } from '../scenario/library.ts';

const RESULT = resultOf(scenarioWith(), [measuredTrial({}), measuredTrial({ transport: 'tcp' })]);
const OTHER: RunResult = { ...RESULT, seed: RESULT.seed + 1 };

const textOf = (result: RunResult) => `${JSON.stringify(result, null, 2)}\n`;
const packed = (text: string) => gzipSync(text);
const WHOLE = packed(textOf(RESULT));

/** A folder with these files in it. */
function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

async function complaintAbout(files: Parameters<typeof folderWith>[0]): Promise<string> {
  const folder = folderWith(files);
  const error = await readResult(folder).catch((why: unknown) => why);
  expect(error).toBeInstanceOf(CallerError);
  const { message } = error as CallerError;
  expect(message).toContain(folder);
  expect(message).not.toContain('\n');
  return message;
}

describe('a run that is compressed', () => {
  test('is read as it was', async () => {
    expect(await readResult(folderWith({ 'run.json.gz': WHOLE }))).toEqual(RESULT);
  });

  test('is left as it is', async () => {
    const folder = folderWith({ 'run.json.gz': WHOLE });
    await readResult(folder);
    expect(existsSync(join(folder, 'run.json'))).toBe(false);
  });

  test('may be of several members, one after the other', async () => {
    const text = textOf(RESULT);
    const members = [text.slice(0, 100), text.slice(100)].map(packed);
    expect(await readResult(folderWith({ 'run.json.gz': Buffer.concat(members) }))).toEqual(RESULT);
  });

  test('may have letters that are of several bytes', async () => {
    const named: RunResult = { ...RESULT, scenario: { ...RESULT.scenario, title: 'Ação à distância – 測試 👍' } };
    expect(await readResult(folderWith({ 'run.json.gz': packed(textOf(named)) }))).toEqual(named);
  });

  test('gives way to one that is not, whatever is in it', async () => {
    for (const other of [packed(textOf(OTHER)), 'not compressed', '']) {
      expect(await readResult(folderWith({ 'run.json': textOf(RESULT), 'run.json.gz': other }))).toEqual(RESULT);
    }
  });

  test('does not stand in for one that is damaged', async () => {
    expect(await complaintAbout({ 'run.json': '{"format"', 'run.json.gz': WHOLE })).toMatch(/run\.json is damaged: /);
  });

  test('or that can’t be read', async () => {
    const folder = folderWith({ 'run.json.gz': WHOLE });
    mkdirSync(join(folder, 'run.json'));
    const reading = readResult(folder);
    await expect(reading).rejects.toThrow(CallerError);
    await expect(reading).rejects.toThrow(/is no run: EISDIR/);
  });
});

describe('can’t be read and says so in one line:', () => {
  const flipped = Uint8Array.from(WHOLE);
  flipped[WHOLE.length - 6]! ^= 0xff;

  test.each<[what: string, bytes: string | Uint8Array]>([
    ['one that is cut short', WHOLE.subarray(0, WHOLE.length / 2)],
    ['one that lacks its last byte', WHOLE.subarray(0, -1)],
    ['one of which nothing but the beginning is there', WHOLE.subarray(0, 3)],
    ['one with a sum that is not that of its bytes', flipped],
    ['one that is not compressed at all', textOf(RESULT)],
    ['an empty one', ''],
  ])('%s', async (_what, bytes) => {
    expect(() => gunzipSync(bytes)).toThrow();
    expect(await complaintAbout({ 'run.json.gz': bytes })).toMatch(/is no run|damaged/);
  });

  test.each<[what: string, text: string, words: RegExp]>([
    ['one in which a text is cut short', textOf(RESULT).slice(0, 500), /damaged: /],
    ['one of another program', '{"format":"flent"}', /is no run of transport-lab/],
    ['one of a newer lab', JSON.stringify({ ...RESULT, version: 4 }), /has version 4 .* reads version 3\./],
    ['one without cells', JSON.stringify({ ...RESULT, cells: undefined }), /damaged: cells: is missing\.$/],
  ])('%s', async (_what, text, words) => {
    expect(await complaintAbout({ 'run.json.gz': packed(text) })).toMatch(words);
  });

  test('one that unpacks to more memory than a run can need', async () => {
    const member = packed(' '.repeat(2 ** 24));
    const bomb = Buffer.concat([WHOLE, ...Array(17).fill(member)]);
    expect(await complaintAbout({ 'run.json.gz': bomb })).toMatch(
      /damaged: unpacked it has more than 268435456 bytes\.$/,
    );
  });

  test('one in which something is called __proto__, which no schema looks at', async () => {
    const metrics = Object.fromEntries([['__proto__', null]]);
    const text = JSON.stringify({ ...RESULT, metrics });
    expect(await complaintAbout({ 'run.json.gz': packed(text) })).toMatch(/damaged: "__proto__" is no name\.$/);
  });

  test('one that has a line break in a wrong value', async () => {
    const text = JSON.stringify({ ...RESULT, seed: 'one\ntwo' });
    expect(await complaintAbout({ 'run.json.gz': packed(text) })).toMatch(
      /damaged: seed: "one two" is not a number\.$/,
    );
  });

  test('a folder of that name', async () => {
    const folder = folderWith({});
    mkdirSync(join(folder, 'run.json.gz'));
    const reading = readResult(folder);
    await expect(reading).rejects.toThrow(CallerError);
    await expect(reading).rejects.toThrow(/is no run: it has no run\.json\. Give a folder that "lab run" wrote\.$/);
  });
});
