// The whole chat in virtual time. That it holds is worth something only if it can fail: each mistake below is made on purpose, and
// must be found.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { simulate } from '../../simulation/simulate.ts';
import { Directory } from '../../src/core/directory.ts';
import { SharedSecret } from '../../src/shared-secret.ts';
import { Outbox } from '../../src/tcp/outbox.ts';
import { Handshake } from '../../src/udp/handshake.ts';
import { Sessions } from '../../src/udp/sessions.ts';
import { UdpChannel } from '../../src/udp/udp-channel.ts';

const LIMIT = { timeout: 60_000 };
const SEEDS = Array.from({ length: 40 }, (_, at) => at + 1);

test('all that must hold holds, whatever goes wrong around it', LIMIT, () => {
  expect(SEEDS.flatMap((seed) => simulate(seed).violations)).toEqual([]);
});

test('a seed says all: the same events, one after the other', () => {
  const traced = () => {
    const lines: string[] = [];
    const outcome = simulate(7, (what) => lines.push(what));
    return { lines, outcome };
  };
  const [one, again] = [traced(), traced()];
  expect(one.lines.length).toBeGreaterThan(100);
  expect(again).toEqual(one);
  expect(simulate(8).counts).not.toEqual(one.outcome.counts);
});

test('everything that is meant to go wrong does', LIMIT, () => {
  const traces: string[] = [];
  const counts = SEEDS.map((seed) => simulate(seed, (what) => traces.push(what)).counts);
  const sum = (name: keyof (typeof counts)[number]) => counts.reduce((all, each) => all + each[name], 0);
  const seen = traces.join('\n');
  for (const words of [
    'the server crashes',
    'the server comes again',
    'no datagram passes',
    'goes: kill',
    'goes: losePower',
    'the server is stopped',
    'the server goes on',
    'the clock of the server steps by',
  ]) {
    expect(seen).toContain(words);
  }
  expect(seen).toMatch(/user \d+ is not let in/);
  expect(seen).toMatch(/user \d+ is stopped/);
  expect(seen).toMatch(/the clock of user \d+ steps by -/);
  expect(sum('refused')).toBeGreaterThan(100);
  expect(sum('lostDatagrams')).toBeGreaterThan(1_000);
  expect(sum('read')).toBeGreaterThan(10_000);
});

/** One call in so many goes wrong. */
function sometimes(every = 97): () => boolean {
  let calls = 0;
  return () => ++calls % every === 0;
}

/** Each breaks one thing that must hold, in the machines themselves. */
const MISTAKES: readonly { what: string; found: RegExp; make: () => void }[] = [
  {
    what: 'the directory finds somebody else',
    found: /to \S+ was given to/,
    make: () => {
      const isNow = sometimes();
      const { find } = Directory.prototype;
      vi.spyOn(Directory.prototype, 'find').mockImplementation(function (this: Directory<unknown>, name) {
        const found = find.call(this, name);
        return found !== undefined && isNow() ? [...this.users()][0] : found;
      });
    },
  },
  {
    what: 'a message to all leaves somebody out',
    found: /to \* \(.+\) is nowhere/,
    make: () => {
      // Rosters are made of them as well, and most of who is left out goes before the account is closed.
      const isNow = sometimes(5);
      const { users } = Directory.prototype;
      vi.spyOn(Directory.prototype, 'users').mockImplementation(function (this: Directory<unknown>) {
        const all = users.call(this);
        if (isNow()) all.next();
        return all;
      });
    },
  },
  {
    what: 'whoever answers the challenge is let in',
    found: /is in without the secret/,
    make: () => {
      const { gate } = SharedSecret.prototype;
      vi.spyOn(SharedSecret.prototype, 'gate').mockImplementation(function (this: SharedSecret, chance) {
        return { ...gate.call(this, chance), admits: () => true };
      });
    },
  },
  {
    what: 'a name is given to two',
    found: /belongs to two live sessions/,
    make: () => {
      const { claim } = Directory.prototype;
      vi.spyOn(Directory.prototype, 'claim').mockImplementation(function (this: Directory<unknown>, asked, user) {
        const given = claim.call(this, asked, user);
        return given.kind === 'refused' && given.code === 'name-taken' ? { kind: 'granted', name: asked } : given;
      });
    },
  },
  {
    what: 'a repeated OPEN is taken for a new one',
    found: /joined twice in one attempt/,
    make: () => void vi.spyOn(Sessions.prototype, 'findHandshake').mockImplementation(() => undefined),
  },
  {
    what: 'a frame is left out of a stream',
    found: /is nowhere|can't be read|no end/,
    make: () => {
      const isNow = sometimes();
      const { add } = Outbox.prototype;
      vi.spyOn(Outbox.prototype, 'add').mockImplementation(function (this: Outbox, head, tail) {
        if (!isNow()) add.call(this, head, tail);
      });
    },
  },
  {
    what: 'a frame goes into a stream twice',
    found: /came 2 times over TCP/,
    make: () => {
      const isNow = sometimes();
      const { add } = Outbox.prototype;
      vi.spyOn(Outbox.prototype, 'add').mockImplementation(function (this: Outbox, head, tail) {
        add.call(this, head, tail);
        if (isNow()) add.call(this, head, tail);
      });
    },
  },
  {
    what: 'frames of one tick leave in another order',
    found: /out of order over TCP/,
    make: () => {
      const { take } = Outbox.prototype;
      vi.spyOn(Outbox.prototype, 'take').mockImplementation(function (this: Outbox) {
        return reversed(take.call(this));
      });
    },
  },
  {
    what: 'an ended session is kept',
    found: /sessions are left/,
    make: () => void vi.spyOn(Sessions.prototype, 'remove').mockImplementation(() => {}),
  },
  {
    what: 'a handshake is remembered for ever',
    found: /handshakes are left/,
    make: () => void vi.spyOn(Sessions.prototype, 'forget').mockImplementation(() => {}),
  },
  {
    what: 'a datagram is changed on its way up',
    found: /given what nobody sent|can't be read|is nowhere/,
    make: () => {
      const isNow = sometimes();
      const { receive } = UdpChannel.prototype;
      vi.spyOn(UdpChannel.prototype, 'receive').mockImplementation(function (this: UdpChannel, frame, atNs) {
        const changed = Uint8Array.from(frame);
        if (frame.length > 20 && isNow()) changed[frame.length - 1]! ^= 1;
        receive.call(this, changed, atNs);
      });
    },
  },
  {
    what: 'a join that is not answered is never given up',
    found: /time stands still/,
    make: () => void vi.spyOn(Handshake.prototype, 'expire').mockImplementation(() => {}),
  },
];

/** The frames of a block, last first. */
function reversed(block: Uint8Array): Uint8Array {
  const frames: Uint8Array[] = [];
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  for (let at = 0; at < block.length; ) {
    const sizeBytes = 4 + view.getUint32(at);
    frames.unshift(block.subarray(at, at + sizeBytes));
    at += sizeBytes;
  }
  return Buffer.concat(frames);
}

describe('each mistake is found', () => {
  test.each(MISTAKES)('$what', LIMIT, ({ found, make }) => {
    onTestFinished(() => void vi.restoreAllMocks());
    make();
    const violations = SEEDS.flatMap((seed) => simulate(seed).violations);
    expect(violations.filter((violation) => found.test(violation))).not.toEqual([]);
  });
});
