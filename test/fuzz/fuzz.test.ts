// Some inputs for every target. That they hold is worth something only if they can fail: each mistake below is made on purpose, and
// must be found.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { fuzz } from '../../fuzz/fuzz.ts';
import { inProcess } from '../../fuzz/job.ts';
import { target } from '../../fuzz/target.ts';
import { TARGETS } from '../../fuzz/targets.ts';
import * as schema from '../../src/bench/folder/result-schema.ts';
import { ByteReader } from '../../src/core/byte-reader.ts';
import { NOTATIONS } from '../../src/link/profile.ts';
import { FrameDecoder } from '../../src/tcp/framing.ts';
import { CookieJar } from '../../src/udp/cookie.ts';
import { Sessions } from '../../src/udp/sessions.ts';
import { UdpServer } from '../../src/udp/udp-server.ts';

const LIMIT = { timeout: 60_000 };
const INPUTS: Readonly<Record<string, number>> = { scenarios: 120, 'run-folders': 60 };

const named = (name: string) => TARGETS.find((each) => each.name === name)!.load();
const inputsOf = (name: string) => INPUTS[name] ?? 400;

test.each(TARGETS.map(({ name }) => name))('%s: what must hold holds', LIMIT, async (name) => {
  expect(await (await named(name)).run({ inputs: inputsOf(name), seed: 1 })).toBeUndefined();
});

/** Each breaks one thing that must hold, in what is fuzzed itself. */
const MISTAKES: readonly { what: string; target: string; found: RegExp; make: () => void }[] = [
  {
    what: 'a frame may go on after its end',
    target: 'codec',
    found: /which is written as/,
    make: () => void vi.spyOn(ByteReader.prototype, 'fault').mockReturnValue(undefined),
  },
  {
    what: 'a code that nobody knows is read',
    target: 'codec',
    found: /which is written as/,
    make: () => {
      vi.spyOn(ByteReader.prototype, 'code').mockImplementation(function <T>(
        this: ByteReader,
        field: string,
        codes: readonly [T, ...T[]],
      ) {
        return codes[this.u8(field)] ?? codes[0];
      });
    },
  },
  {
    what: 'a piece of one byte is overlooked',
    target: 'framing',
    found: /cut at .* it ends|cut at .* it gives|given is not what came|stands inside a frame/,
    make: () => {
      const { feed } = FrameDecoder.prototype;
      vi.spyOn(FrameDecoder.prototype, 'feed').mockImplementation(function (this: FrameDecoder, chunk, onFrame) {
        return chunk.length === 1 ? undefined : feed.call(this, chunk, onFrame);
      });
    },
  },
  {
    what: 'a closed channel reads on',
    target: 'framing',
    found: /after the channel was closed|after the end was told/,
    make: () => void vi.spyOn(FrameDecoder.prototype, 'stop').mockImplementation(() => {}),
  },
  {
    what: 'every cookie is taken',
    target: 'sessions',
    found: /a session was made for somebody who proved nothing|has proved nothing, sent/,
    make: () => void vi.spyOn(CookieJar.prototype, 'isFresh').mockReturnValue(true),
  },
  {
    what: 'an attempt is not remembered',
    target: 'sessions',
    found: /made two sessions/,
    make: () => void vi.spyOn(Sessions.prototype, 'findHandshake').mockReturnValue(undefined),
  },
  {
    what: 'who speaks in a session is not looked at',
    target: 'sessions',
    found: /a session of .* heard|was ended by another|has proved nothing/,
    make: () => {
      const { receive } = UdpServer.prototype;
      vi.spyOn(UdpServer.prototype, 'receive').mockImplementation(function (this: UdpServer, bytes, from, atNs) {
        const isInSession = bytes[0] === 0x16 || bytes[0] === 0x17;
        receive.call(this, bytes, isInSession ? { address: '10.0.0.1', port: 5000 } : from, atNs);
      });
    },
  },
  {
    what: 'what pads a packet is what was there',
    target: 'pcapng',
    found: /no padding of zeros/,
    make: () => {
      vi.spyOn(Buffer.prototype, 'fill').mockImplementation(function (this: Buffer) {
        return this;
      });
    },
  },
  {
    what: 'a delay of another kind is a bug and not told',
    target: 'scenarios',
    found: /TypeError/,
    make: () => {
      const { parse } = NOTATIONS.delay;
      vi.spyOn(NOTATIONS.delay, 'parse').mockImplementation((value, path) => {
        if (typeof value !== 'string') throw new TypeError(`${value}`);
        return parse(value, path);
      });
    },
  },
  {
    what: 'a run.json is read whatever it is',
    target: 'run-folders',
    found: /TypeError/,
    make: () => void vi.spyOn(schema, 'damageOf').mockReturnValue(undefined),
  },
];

describe('each mistake is found', () => {
  test.each(MISTAKES)('$target: $what', LIMIT, async ({ target, found, make }) => {
    onTestFinished(() => void vi.restoreAllMocks());
    make();
    const failure = await (await named(target)).run({ inputs: 3 * inputsOf(target), seed: 1, isShrunk: false });
    expect(failure?.why).toMatch(found);
  });
});

describe('a failure', () => {
  /** Three numbers may not be in one list. */
  const picky = (check: (numbers: readonly number[]) => void) =>
    target({
      name: 'picky',
      batchInputs: 100,
      inputs: fc.array(fc.nat(50)),
      check,
      show: (numbers) => [`${numbers.length} numbers`],
    });
  const failing = picky((numbers) => {
    if (numbers.some((number) => number > 10)) throw new Error(`${numbers} is too large`);
  });

  test('is told with the smallest input found, and the way to it leads to it again', async () => {
    const failure = (await fuzz(failing, { inputs: 1_000, seed: 3, job: 0, jobs: 1 }))!;
    expect(failure).toMatchObject({ target: 'picky', input: ['[11]', '1 numbers'] });
    expect(failure.why).toMatch(/^Error: 11 is too large\n/);
    const { seed, path } = failure;
    expect(await failing.run({ inputs: 1, seed, path, isShrunk: false })).toMatchObject({ input: failure.input, path });
  });

  test('is what takes too long twice, and not once', async () => {
    let calls = 0;
    const busy = (isSlow: () => boolean) =>
      picky(() => {
        const start = process.cpuUsage();
        while (isSlow() && process.cpuUsage(start).user < 300_000);
      });
    const slow = await busy(() => true).run({ inputs: 1, seed: 1, isShrunk: false });
    expect(slow?.why).toMatch(/^Error: it took \d+ ms and \d+ ms; the limit is 250/);
    expect(await busy(() => calls++ === 0).run({ inputs: 5, seed: 1 })).toBeUndefined();
  });

  test('is not found where there is none, and two who share the inputs try other ones', async () => {
    const seen: string[][] = [[], []];
    for (const job of [0, 1]) {
      const collecting = picky((numbers) => void seen[job]!.push(String(numbers)));
      expect(await fuzz(collecting, { inputs: 301, seed: 3, job, jobs: 2 })).toBeUndefined();
    }
    expect(seen.map(({ length }) => length)).toEqual([151, 150]);
    const again: string[] = [];
    await fuzz(
      picky((numbers) => void again.push(String(numbers))),
      { inputs: 301, seed: 3, job: 0, jobs: 2 },
    );
    expect(again).toEqual(seen[0]);
    expect(again.slice(0, 50)).not.toEqual(seen[1]!.slice(0, 50));
  });
});

describe('npm run fuzz', () => {
  const PROGRAM = fileURLToPath(new URL('../../dist/fuzz/main.js', import.meta.url));
  const run = (...args: string[]) => spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' });

  test('ends with the count of what failed', LIMIT, () => {
    const { status, stdout } = run('--target', 'pcapng', '--inputs', '40', '--seed', '9');
    expect(stdout).toMatch(/^40 inputs in \d+\.\d s \(\d+ processors\): pcapng 40\nNone failed\.\n$/);
    expect(status).toBe(0);
  });

  test('tries one input again', LIMIT, () => {
    const { status, stdout } = run('--target', 'codec', '--seed', '5', '--path', '12:0:3');
    expect([status, stdout]).toEqual([0, 'All that must hold held.\n']);
  });

  test.each([
    ['--inputs', '0'],
    ['--inputs', 'many'],
    ['--target', 'coffee'],
    ['--path', '1:2'],
    ['--target', 'codec', '--path', 'x'],
    ['--depth', '3'],
  ])('refuses %s %s', LIMIT, (...args) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^fuzz: .* Give --inputs N /);
    expect(stderr.trim()).not.toContain('\n');
  });
});

describe('a process that fuzzes', () => {
  const DIST = new URL('../../dist/fuzz/', import.meta.url);
  const HANGING_MS = 1_200;

  /** What it does at the third input of a batch. */
  async function toldOf(deed: string) {
    const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const program = join(folder, 'program.mjs');
    writeFileSync(
      program,
      `import { placeWriter } from ${JSON.stringify(new URL('place.js', DIST).href)};
      process.once('message', ({ placeFile, seed }) => {
        const write = placeWriter(placeFile);
        for (let inputs = 1; inputs <= 3; inputs++) write({ target: 1, seed: 100 + seed, inputs });
        ${deed}
      });`,
    );
    const placeFile = join(folder, 'place');
    const job = { targets: ['framing'], inputs: 10, seed: 7, job: 0, jobs: 1, placeFile };
    return inProcess(job, { program, hangingMs: HANGING_MS });
  }

  const PLACE = { target: 'framing', seed: 107, path: '2' };

  test('and is ended by what it reads is told with the input', LIMIT, async () => {
    const [failure, ...others] = await toldOf('console.error("no memory"); process.abort();');
    expect(failure).toMatchObject({
      ...PLACE,
      why: expect.stringMatching(/^its process ended \(SIGABRT\)\nno memory/),
    });
    expect(others).toEqual([]);
  });

  test('and does not come back is told with the input, and ended', LIMIT, async () => {
    const found = await toldOf('for (;;);');
    expect(found).toMatchObject([{ ...PLACE, why: 'it has not ended after 1.2 s' }]);
  });

  test('and has found nothing says so', LIMIT, async () => {
    expect(await toldOf('process.send([], () => process.disconnect());')).toEqual([]);
  });
});
