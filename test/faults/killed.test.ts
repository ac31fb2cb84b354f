// SIGKILL to what a person has started: whoever is left says so in one line, and nothing stays behind. (Of a run's processes:
// test/cli/run-endings.test.ts.)
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Lab, lab, labServe } from '../cli/lab.ts';
import { joinChat, openChat } from '../support/chat.ts';
import { openFolder } from '../support/places.ts';
import { descendants, isAlive, processOf } from '../support/process-tree.ts';
import { until } from '../support/until.ts';
import { together } from './together.ts';

const LIMIT = { timeout: 60_000 };
const BACKENDS = process.getuid?.() === 0 && existsSync('/dev/net/tun') ? ['relay', 'tun'] : ['relay'];

test('a chat: the others hear that it is gone; a duel: whoever is left says so', LIMIT, async () => {
  // Longer than a chat may be quiet, which is 5 s and a sweep.
  const server = await openChat({ timing: { idleLimitMs: 7_000 } });
  const rui = await joinChat(server, 'tcp', { name: 'Rui', wantsPresence: true, timing: { keepAliveMs: 1_000 } });
  const places = ['none', ...BACKENDS].flatMap((link) => ['tcp', 'udp'].map((transport) => [transport, link] as const));
  const isTold = (name: string) => rui.all('left').some((event) => event.name === name);
  await together({
    // Over TCP at once, over UDP by its silence.
    ...Object.fromEntries(
      places.map(([transport, link]) => [
        `a chat over ${transport}, link ${link}`,
        () => chat(server.port, transport, link, isTold),
      ]),
    ),
    ...Object.fromEntries(BACKENDS.map((backend) => [`a duel (${backend})`, () => duelWithout('lab.js', backend)])),
    ...(BACKENDS.includes('tun') && {
      'who sends in a duel': async () => {
        const duel = await duelWithout('processes/across', 'tun');
        expect(duel.ended).toBe(137);
        expect(duel.err).toBe('lab: the process that had the terminal was killed (SIGKILL).\n');
      },
      'the emulator under a duel': async () => {
        const duel = await duelWithout('processes/emulator', 'tun');
        expect(duel.ended).toBe(1);
        expect(duel.err).toBe('lab: The emulator has ended: nothing crosses the link any more.\n');
        // What it came to until then.
        expect(JSON.parse(duel.out).sides.tcp.score).toMatchObject({ sent: 1, arrived: 1 });
      },
    }),
  });
});

async function chat(port: number, transport: string, link: string, isTold: (name: string) => boolean): Promise<void> {
  const name = `${transport}-${link}`;
  const across = link === 'none' ? [] : ['--delay', '1ms', '--backend', link];
  const program = lab('chat', '--port', String(port), '--transport', transport, '--name', name, ...across);
  await program.prints('You are', 30_000);
  const all = kill(program);
  expect(await program.ends()).toBe('SIGKILL');
  await until(() => isTold(name), 'the others are told', 20_000);
  await until(() => !all.some(isAlive), 'nothing of it is left', 5_000);
  // What it has started sees the link end, or the stream on it.
  expect(program.err).toMatch(/^(lab: The server [^\n]+\n)?$/);
}

/** One message has crossed by then. */
async function duelWithout(victim: string, backend: string): Promise<Lab> {
  const saved = join(openFolder(), 'duel.json');
  const duel = lab('duel', '--script', '-', '--json', '--backend', backend, '--delay', '1ms');
  duel.child.stdin!.end(`one\n/wait 500ms\n/save ${saved}\n/wait 60s\n`);
  await until(() => existsSync(saved), 'it has sent', 30_000);
  const all = kill(duel, victim);
  await duel.ends();
  await until(() => !all.some(isAlive), 'nothing of it is left', 5_000);
  return duel;
}

test.each(['tcp', 'udp'])(
  'a server whose users are still there is started again at once (%s)',
  LIMIT,
  async (transport) => {
    const { server, port } = await labServe();
    const before = await joinChat({ port: Number(port) }, transport, { name: 'Ana' });
    kill(server);
    await server.ends();
    const again = lab('serve', '--port', port);
    await again.prints('Listening on tcp and udp');
    // A datagram tells a client of a session that is gone; a stream has ended by itself.
    before.client.send({ to: 'Ana', body: 'who is there?' });
    expect((await before.hears('closed')).cause.kind).toMatch(/^(lost|left)$/);
    await joinChat({ port: Number(port) }, transport, { name: 'Ana' });
    again.child.kill('SIGTERM');
    expect(await again.ends()).toBe(0);
  },
);

/** @returns all that belonged to it */
function kill({ child }: Lab, victim = ''): number[] {
  const all = [child.pid!, ...descendants(child.pid!)];
  process.kill(processOf(child.pid!, victim)!, 'SIGKILL');
  return all;
}
