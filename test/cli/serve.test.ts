// The server as its operator starts it: what it says of itself, whom it lets in, and what it does with noise.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encodeHello } from '../../src/udp/datagram.ts';
import { joinChat } from '../support/chat.ts';
import { rawUdp } from '../support/raw-udp.ts';
import { until } from '../support/until.ts';
import { lab, labServe } from './lab.ts';
import { workshop } from './tiny-scenario.ts';

const LIMIT = { timeout: 60_000 };
const SECRET = 'correct horse battery staple\n';

function secretFile(text = SECRET, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-secret-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'secret');
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

describe('beyond loopback', () => {
  test.each(['0.0.0.0', '::'])('%s without a secret is told loudly', LIMIT, async (host) => {
    const { server } = await labServe('--host', host);
    await until(() => server.err.includes('lab: WARNING: this server is open to strangers.'), 'it warned');
    expect(server.err).toContain('--secret-file FILE');
  });

  test.each([
    ['with a secret', ['--host', '0.0.0.0', '--secret-file']],
    ['on loopback', ['--host', '127.0.0.1']],
    ['on all of loopback', ['--host', '127.0.0.7']],
    ['on localhost', ['--host', 'localhost']],
  ])('%s nothing is warned of', LIMIT, async (_what, args) => {
    const { server } = await labServe(...args, ...(args.includes('--secret-file') ? [secretFile()] : []));
    expect(server.err).toBe('');
  });
});

describe('with a secret', () => {
  test.each(['tcp', 'udp'])(
    'over %s who has the file joins, white space does not count, and others are told',
    LIMIT,
    async (transport) => {
      const { port } = await labServe('--secret-file', secretFile());
      const chat = (...args: string[]) => lab('chat', '--port', port, '--transport', transport, ...args);
      const ana = chat('--secret-file', secretFile(` ${SECRET}\n\n`));
      await ana.prints('You are Usuario0');
      const stranger = chat();
      expect(await stranger.ends()).toBe(1);
      expect(stranger.err).toBe(
        'lab: The server lets in only who knows its secret. Ask whoever runs it for the file, and give it with --secret-file.\n',
      );
      const guesser = chat('--secret-file', secretFile('another secret of theirs'));
      expect(await guesser.ends()).toBe(1);
      expect(guesser.err).toMatch(/^lab: The secret is not the one .+\n$/);
    },
  );

  test('a duel has it, too', LIMIT, async () => {
    const { port } = await labServe('--secret-file', secretFile());
    const duel = lab(
      'duel',
      '--port',
      port,
      '--secret-file',
      secretFile(),
      '--backend',
      'relay',
      '--delay',
      '5ms',
      '--script',
      '-',
    );
    duel.type('/flood 3');
    duel.child.stdin!.end();
    expect(await duel.ends()).toBe(0);
    expect(duel.out).toMatch(/confirmed +3 +3\n/);
  });

  test('experiments, which know no secret, are told so', LIMIT, async () => {
    const { port } = await labServe('--secret-file', secretFile());
    const { file, out } = workshop();
    const run = lab('run', file, '--server', `127.0.0.1:${port}`, '--out', out);
    expect(await run.ends()).toBe(2);
    expect(run.err).toMatch(/^lab: This server lets in only who knows its secret, .+--max-rate\.\n$/);
  });

  test.each<[string, () => string, RegExp]>([
    [
      'that is not there',
      () => '/nowhere/secret',
      /\/nowhere\/secret with the secret is not there\. To make one: .+openssl/,
    ],
    ['that others can read', () => secretFile(SECRET, 0o644), /its mode is 644.+chmod 600/],
    ['that can be guessed', () => secretFile('secret'), /has 6 bytes.+16/],
    ['that is another file', () => secretFile('x'.repeat(5000)), /has 5000 bytes.+4096 at most/],
  ])('a file %s is refused in one line, by server and chat', LIMIT, async (_what, file, words) => {
    for (const command of ['serve', 'chat']) {
      const program = lab(command, '--secret-file', file());
      expect(await program.ends()).toBe(2);
      expect(program.err).toMatch(words);
      expect(program.err.split('\n')).toHaveLength(2);
    }
  });
});

test('a flood of noise is counted and not told line by line', LIMIT, async () => {
  const { server, port } = await labServe();
  const raw = await rawUdp(Number(port));
  for (let count = 0; count < 500; count++) raw.say(encodeHello(new Uint8Array(8)).subarray(0, 20));
  await server.prints(/and \d+ more such lines \(stray\) in this second/);
  const told = server.out.split('\n').filter((line) => line.startsWith('dropped bytes from'));
  const counts = [...server.out.matchAll(/and (\d+) more such lines/g)].map(([, count]) => Number(count));
  expect(told.length).toBeLessThanOrEqual(30);
  expect(told.length + counts.reduce((all, count) => all + count, 0)).toBeGreaterThan(100);
});

test('what a user makes the server quote drives no terminal', LIMIT, async () => {
  const { server, port } = await labServe();
  const evil = await joinChat({ port: Number(port) }, 'tcp');
  evil.client.send({ to: '\u001b[2J\u202e', body: 'oi' });
  await server.prints('refused Usuario0');
  expect(server.out).toContain('\\u{1b}[2J\\u{202e}');
  expect(['\u001b', '\u202e'].filter((character) => server.out.includes(character))).toEqual([]);
});

test('a user who asks for too much is refused by what the operator said', LIMIT, async () => {
  const { port } = await labServe('--max-rate', '2', '--max-per-address', '1');
  const ana = lab('chat', '--port', port);
  await ana.prints('You are');
  const other = lab('chat', '--port', port);
  expect(await other.ends()).toBe(1);
  expect(other.err).toBe('lab: From your address 1 users are here already, and that is the limit.\n');
  ana.type(...Array.from({ length: 12 }, () => ['Usuario0', '', 'oi']).flat());
  await ana.prints('! You ask for more than 2 deliveries a second');
});
