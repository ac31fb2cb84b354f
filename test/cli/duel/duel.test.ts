// `lab duel` as a program: scripts in, results out; and on a real terminal.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, type TestContext, test } from 'vitest';
import type { DuelResult } from '../../../cli/duel/duel-result.ts';
import { linkModel } from '../../../src/link/model.ts';
import { parseLinkProfile } from '../../../src/link/parse-profile.ts';
import { needs } from '../../support/ability.ts';
import { openChat } from '../../support/chat.ts';
import { openFolder } from '../../support/places.ts';
import { until } from '../../support/until.ts';
import { LAB, lab } from '../lab.ts';
import { Terminal } from '../tmux.ts';

const LIMIT = { timeout: 60_000 };
const MESSAGES = 50;

function needsPackets(context: TestContext): void {
  needs(context, process.getuid?.() === 0 && existsSync('/dev/net/tun'), 'it needs root and /dev/net/tun');
}

async function duel(script: string, ...args: string[]) {
  const program = lab('duel', '--script', '-', ...args);
  program.type(...script.split('\n'));
  program.child.stdin!.end();
  const code = await program.ends(45_000);
  return { code, out: program.out, err: program.err };
}

async function duelResult(script: string, ...args: string[]): Promise<DuelResult> {
  const { code, out, err } = await duel(script, '--json', ...args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

const numbersOf = ({ messages }: DuelResult['sides']['tcp'], kind: string) =>
  messages.filter(({ fate }) => fate.kind === kind).map(({ number }) => number);

const delaysOf = ({ messages }: DuelResult['sides']['tcp']) =>
  messages.flatMap(({ fate }) => (fate.kind === 'arrived' ? [fate.afterMs] : []));

describe('datagrams that the link decided to lose are those that are shown as lost, and no others', () => {
  test('by a list', LIMIT, async () => {
    const lost = [3, 7, 8, 28];
    const { sides } = await duelResult(
      `/flood ${MESSAGES} 2ms`,
      '--backend',
      'relay',
      '--chance',
      'packet',
      '--up',
      `loss: {kind: list, packets: [${lost.join(', ')}]}`,
    );
    expect(numbersOf(sides.udp, 'lost')).toEqual(lost);
    expect(sides.udp.score).toMatchObject({ sent: MESSAGES, arrived: MESSAGES - 4, lost: 4, missing: 0, inFlight: 0 });
    expect(sides.udp.log.filter(({ kind }) => kind === 'lost').map(({ number }) => number)).toEqual(lost);
    expect(sides.udp.messages[2]?.fate).toEqual({ kind: 'lost', cause: 'list' });
  });

  test('by a seed', LIMIT, async () => {
    const seed = 7;
    const model = linkModel(parseLinkProfile({ loss: '20%' }).up, 'up', { mode: 'packet', seed });
    const fates = Array.from({ length: MESSAGES }, () => model.offer({ sizeBytes: 100, offeredNs: 0 }).dropped);
    const dropped = fates.flatMap((fate, at) => (fate === undefined ? [] : [at + 1]));
    expect(dropped.length).toBeGreaterThan(3);
    const { sides, link } = await duelResult(
      `/flood ${MESSAGES} 2ms`,
      ...['--backend', 'relay', '--chance', 'packet', '--loss', '20%', '--seed', String(seed)],
    );
    expect(numbersOf(sides.udp, 'lost')).toEqual(dropped);
    expect(link.dropped.up).toBe(dropped.length);
    // Each of those that came sent a receipt, and what became of it is known, too.
    const { arrived, confirmed, receiptsLost } = sides.udp.score;
    expect(confirmed + receiptsLost).toBe(arrived);
    expect(receiptsLost).toBeGreaterThan(0);
  });
});

test(
  'across packets TCP brings all, in order and late, and UDP what the link lets through, in time',
  LIMIT,
  async (context) => {
    needsPackets(context);
    const { sides, link } = await duelResult(`/flood ${MESSAGES}`, '--loss', '20%', '--delay', '50ms');
    expect(link).toMatchObject({ backend: 'tun', words: 'delay 50ms loss 20%' });
    const { tcp, udp } = sides;
    expect(tcp.score).toMatchObject({
      sent: MESSAGES,
      arrived: MESSAGES,
      lost: 0,
      missing: 0,
      outOfOrder: 0,
      twice: 0,
    });
    expect(tcp.log.map(({ number }) => number)).toEqual(Array.from({ length: MESSAGES }, (_, at) => at + 1));
    expect(udp.score.arrived + udp.score.lost).toBe(MESSAGES);
    expect(udp.score.lost).toBeGreaterThan(0);
    expect(udp.score.missing).toBe(0);
    // Nothing holds a datagram back; a stream waits for what was lost before it, and says for which.
    expect(udp.score.heldBack).toBe(0);
    expect(tcp.score.heldBack).toBeGreaterThan(0);
    for (const { number, heldBack } of tcp.messages) {
      if (heldBack?.behind !== undefined) expect(heldBack.behind).toBeLessThan(number);
    }
    expect(udp.score.medianMs).toBeGreaterThanOrEqual(50);
    // At least one was sent again, and so was late by a round trip.
    expect(Math.max(...delaysOf(tcp))).toBeGreaterThan(Math.max(100, ...delaysOf(udp)));
  },
);

test('the link changes on the way, as the script says', LIMIT, async () => {
  const script = '# a lecture\n\none\n/link up loss 100%\ntwo\n/wait 100ms\n/link clean\n//three';
  const { sides, link } = await duelResult(script, '--backend', 'relay', '--loss', '0%');
  expect(sides.udp.messages.map(({ body, fate }) => [body, fate.kind])).toEqual([
    ['one', 'arrived'],
    ['two', 'lost'],
    ['/three', 'arrived'],
  ]);
  expect(link.words).toBe('no impairment');
  expect(link.changes).toEqual([
    { before: 2, words: 'up: loss 100% | down: loss 0%' },
    { before: 3, words: 'no impairment' },
  ]);
});

test('a relay can’t lose parts of a stream, and says so where TCP would stand', LIMIT, async () => {
  const { code, out } = await duel('/flood 3', '--backend', 'relay', '--loss', '1%');
  expect(code).toBe(0);
  expect(out).toContain('A relay can’t lose parts of a stream');
  expect(out).toMatch(/^sent +n\/a +3$/m);
});

test('in Portuguese, and without loss over both', LIMIT, async () => {
  const { code, out } = await duel('olá\ntudo bem?', '--backend', 'relay', '--delay', '5ms', '--lang', 'pt-BR');
  expect(code).toBe(0);
  expect(out).toMatch(/^As mesmas 2 mensagens pelos dois, através de delay 5ms \(retransmissor, semente\s44765\)/);
  expect(out).toMatch(/^chegaram +2 +2$/m);
});

test('a server that comes again finds the same readers and senders', LIMIT, async () => {
  const first = await openChat();
  const script = 'one\n/wait 3s\ntwo\n/wait 4s\nthree';
  const running = duelResult(script, '--backend', 'relay', '--delay', '1ms', '--port', String(first.port));
  await until(() => first.userCount === 4, 'all have joined');
  await setTimeout(500);
  await first.close('it moves');
  await setTimeout(100);
  const second = await openChat({ port: first.port });
  await until(() => second.userCount === 4, 'all are back', 15_000);
  const { sides } = await running;
  for (const transport of ['tcp', 'udp'] as const) {
    expect(sides[transport].messages.map(({ fate }) => fate.kind)).toEqual(['arrived', 'arrived', 'arrived']);
    expect(sides[transport].score).toMatchObject({ arrived: 3, confirmed: 3 });
  }
});

test('whoever stops a script has the result of what was sent', LIMIT, async () => {
  const program = lab('duel', '--script', '-', '--json', '--backend', 'relay', '--delay', '1ms');
  const begun = join(openFolder(), 'begun.json');
  program.type('one', 'two', '/wait 500ms', `/save ${begun}`, '/wait 60s', 'three');
  program.child.stdin!.end();
  await until(() => existsSync(begun), 'two are sent', 30_000);
  program.child.kill('SIGTERM');
  expect(await program.ends()).toBe(130);
  expect(JSON.parse(program.out)).toMatchObject({
    sides: { tcp: { score: { arrived: 2 } }, udp: { score: { arrived: 2 } } },
  });
  expect(program.err).toContain('stopped by SIGTERM');
});

test('over a server that is there already', LIMIT, async () => {
  const server = await openChat();
  const { sides } = await duelResult('hello', '--backend', 'relay', '--delay', '1ms', '--port', String(server.port));
  expect([sides.tcp.score.arrived, sides.udp.score.arrived]).toEqual([1, 1]);
});

describe('what is wrong is told before anything is sent', () => {
  test.each([
    ['/flood none\nhello', [], 'Line 1 of the script: /flood none: give a number of messages'],
    ['hello\n/wait', [], 'Line 2 of the script: /wait'],
    ['hello\n/nonsense\n/wait', [], 'Line 2 of the script: There is no command /nonsense'],
    ['hello\n/nonsense\n/wait', [], 'Line 3 of the script: /wait'],
    ['# nothing', [], 'The script has no line that sends anything'],
    ['hello', ['--loss', '200%'], 'loss'],
    ['hello', ['--link', 'nowhere'], 'no profile is named "nowhere"'],
    ['hello', ['--seed', '1.5'], '--seed 1.5 is not allowed'],
  ])('%j %j', LIMIT, async (script, args, words) => {
    const { code, out, err } = await duel(script, '--backend', 'relay', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
  });

  test('a pipe without a script, and JSON without one', LIMIT, async () => {
    const none = lab('duel');
    none.child.stdin!.end();
    expect(await none.ends()).toBe(2);
    expect(none.err).toContain('A duel needs a terminal, or a script');
    const json = lab('duel', '--json');
    expect(await json.ends()).toBe(2);
    expect(json.err).toContain('--json prints the result of a script');
  });
});

describe('on a terminal', () => {
  const duelIn = (context: TestContext, args: string) =>
    new Terminal(context, `echo before; ${process.execPath} ${LAB} duel ${args}; echo "ended with $?"; exec cat`);

  test('what is typed once comes twice, and the map and the score say how', LIMIT, async (context) => {
    needsPackets(context);
    const terminal = duelIn(context, '--delay 30ms');
    // With room for all.
    terminal.resize({ columns: 120, rows: 72 });
    await terminal.shows('TCP');
    terminal.type('hello');
    terminal.press('Enter');
    await terminal.shows(/#1 [\d.,]+ ms · hello.*│ #1 /);
    // Only now: a lost SYN costs seconds, and joining is not what is looked at.
    terminal.type('/link loss 20%');
    terminal.press('Enter');
    await terminal.shows(/── delay 30ms loss 20% +│ ── delay 30ms loss 20%/);
    terminal.type('/flood 50');
    terminal.press('Enter');
    await terminal.shows('51 of 51 arrived', 30_000);
    await terminal.shows(/│ lost [1-9]\d*/);
    await terminal.shows('✗ lost: dropped by chance');
    await terminal.shows(/held \d[\d,]*(\.\d+)? ms/);
    terminal.type('/link loss 0%');
    terminal.press('Enter');
    await terminal.shows('The link: delay 30ms loss 0%');
    await terminal.shows(/── delay 30ms loss 0% +│ ── delay 30ms loss 0%/);
    terminal.type('/nonsense');
    terminal.press('Enter');
    await terminal.shows('There is no command /nonsense');
    terminal.press('C-l');
    await terminal.hides('51 of 51');
    // Another round has numbers of its own, and what the link dropped before is not its.
    await terminal.shows('dropped 0 up, 0 down');
    terminal.type('anew');
    terminal.press('Enter');
    await terminal.shows(/#1 [\d.,]+ ms · anew.*│ #1 /);
    const file = join(openFolder(), 'duel.json');
    terminal.type(`/save ${file}`);
    terminal.press('Enter');
    await terminal.shows('The result is in');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'transport-lab duel', version: 1 });
    terminal.press('C-c');
    await terminal.shows('ended with 0');
    expect(terminal.lines[0]).toBe('before');
    // The screen is gone, and the result is not.
    await terminal.shows('The same 1 message over both, across delay 30ms loss 0%');
  });

  test('it fits, and says so where it does not', LIMIT, async (context) => {
    const terminal = duelIn(context, '--backend relay --delay 1ms --lang pt-BR');
    await terminal.shows('Enter envia pelos dois');
    terminal.resize({ columns: 60, rows: 16 });
    await terminal.shows('Mensagem');
    terminal.resize({ columns: 59, rows: 16 });
    await terminal.shows('O duelo precisa de um terminal de 60 × 16.');
    terminal.resize({ columns: 120, rows: 40 });
    terminal.press('F1');
    await terminal.shows('Teclas');
    terminal.press('Escape');
    await terminal.hides('Teclas');
    terminal.type('/quit');
    terminal.press('Enter');
    await terminal.shows('ended with 0');
  });
});
