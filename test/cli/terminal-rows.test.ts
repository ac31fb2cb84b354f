// The rows of a real terminal, which tmux plays: long lines, several messages at once, and what stands there at the end.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import type { ChatServer } from '../../src/serve.ts';
import { needs } from '../support/ability.ts';
import { joinChat, openChat, type User } from '../support/chat.ts';
import { until } from '../support/until.ts';
import { LAB } from './lab.ts';

const LIMIT_MS = 60_000;
const SEEN_WITHIN_MS = 15_000;
const COLUMNS = 60;
/** Runs the program that follows it, and then shows how it ended: tmux itself does not always get to know. */
const SHOW_EXIT = ['sh', '-c', '"$0" "$@"; echo "Exit code $?."'];
const EXIT_CODE = /^Exit code (\d+)\.$/m;

/** A terminal of its own, on a tmux server of its own, that ends with the test. */
class Terminal {
  static #count = 0;
  readonly #name = `lab-test-${process.pid}-${Terminal.#count++}`;
  /** Where tmux puts its socket, which it leaves there. */
  readonly #folder = mkdtempSync(join(tmpdir(), 'lab-'));

  constructor(environment: Readonly<Record<string, string>>, ...args: string[]) {
    onTestFinished(() => {
      this.#tmux('kill-server');
      rmSync(this.#folder, { recursive: true });
    });
    const variables = Object.entries(environment).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    // What it showed and how it ended can still be read when the program has ended.
    const keep = ['set', '-g', 'remain-on-exit', 'on', ';'];
    const size = ['-x', String(COLUMNS), '-y', '24'];
    this.#tmux(...keep, 'new-session', '-d', ...size, ...variables, '--', ...SHOW_EXIT, process.execPath, LAB, ...args);
  }

  /** The rows that have anything on them; a row that went on in the next one is joined with it. */
  get rows(): string[] {
    return this.#tmux('capture-pane', '-p', '-J')
      .split('\n')
      .map((row) => row.trimEnd())
      .filter((row) => row !== '' && !row.startsWith('Pane is dead'));
  }

  /** With the escape sequences that make it look so. */
  get paint(): string {
    return this.#tmux('capture-pane', '-p', '-e');
  }

  type(text: string): void {
    this.#tmux('send-keys', '-l', text);
  }

  /** @param name as tmux calls it, such as `Enter` or `C-c` */
  press(name: string): void {
    this.#tmux('send-keys', name);
  }

  async shows(what: string, isShown: (rows: string[]) => boolean): Promise<void> {
    await until(() => isShown(this.rows), `the terminal shows ${what}`, SEEN_WITHIN_MS).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.rows.join('\n')}`);
    });
  }

  /** Waits until the row that is being typed is this one. */
  asks(row: string): Promise<void> {
    return this.shows(`"${row}" at its end`, (rows) => rows.at(-1) === row);
  }

  /** Waits for the program's end; answers its exit code. */
  async ends(): Promise<string> {
    await this.shows('the exit code', (rows) => EXIT_CODE.test(rows.join('\n')));
    return EXIT_CODE.exec(this.rows.join('\n'))![1]!;
  }

  #tmux(...args: string[]): string {
    const env = { ...process.env, TMUX_TMPDIR: this.#folder };
    return execFileSync('tmux', ['-u', '-L', this.#name, '-f', '/dev/null', ...args], { encoding: 'utf8', env });
  }
}

/** Ana on a terminal, and Rui, who can be made to write to her. */
async function atTheTerminal(
  context: TestContext,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ ana: Terminal; rui: User; server: ChatServer }> {
  needs(context, spawnSync('tmux', ['-V']).status === 0, 'it needs the program tmux');
  const server = await openChat();
  const rui = await joinChat(server, 'udp', { name: 'Rui', wantsPresence: true });
  const ana = new Terminal(environment, 'chat', '--no-screen', '--port', String(server.port), '--name', 'Ana');
  await ana.asks('To (a name, or * for all):');
  return { ana, rui, server };
}

test('recipient, subject and message are asked for, one after another', { timeout: LIMIT_MS }, async (context) => {
  const { ana, rui } = await atTheTerminal(context);
  ana.type('Rui');
  ana.press('Enter');
  await ana.asks('Subject:');
  ana.press('Enter');
  await ana.asks('Message:');
  ana.type('olá, ação ✓');
  ana.press('Enter');
  expect((await rui.hears('message')).letter).toMatchObject({ subject: 'Sem Assunto', body: 'olá, ação ✓' });
  await ana.shows('the receipt', (rows) => rows.some((row) => /^· Rui has message 1 \(\d+\.\d ms\)\.$/.test(row)));
  await ana.asks('To [Rui]:');
  ana.type('/to Rui');
  ana.press('Enter');
  await ana.asks('Subject to Rui:');
});

test.for([
  ['of one row', 'half a sen'],
  ['of several rows', 'a sentence that goes on and on, '.repeat(6)],
] as const)('a line being typed, %s, survives what comes in', { timeout: LIMIT_MS }, async ([, half], context) => {
  const { ana, rui } = await atTheTerminal(context);
  ana.type('Rui');
  ana.press('Enter');
  await ana.asks('Subject:');
  ana.press('Enter');
  await ana.asks('Message:');
  ana.type(half);
  await ana.asks(`Message: ${half}`.trimEnd());
  for (const number of [1, 2, 3])
    rui.client.send({ to: 'Ana', subject: `s${number}`, body: `line ${number}\nand more` });
  await ana.shows('three messages', (rows) => rows.filter((row) => row === '  and more').length === 3);
  await ana.asks(`Message: ${half}`.trimEnd());
  const rows = ana.rows.map((row) => row.replace(/^\d\d:\d\d:\d\d /, ''));
  const heard = [1, 2, 3].flatMap((number) => [`Rui · s${number}`, `  line ${number}`, '  and more']);
  expect(rows.slice(-10)).toEqual([...heard, `Message: ${half}`.trimEnd()]);
  ana.type('tence');
  ana.press('Enter');
  expect((await rui.hears('message')).letter.body).toBe(`${half}tence`);
});

test.for([
  ['Ctrl-C in the middle of a line', 'C-c', 'half a na'],
  ['Ctrl-C in a line of several rows', 'C-c', 'Maria das Dores '.repeat(9).trim()],
  ['Ctrl-D', 'C-d', ''],
] as const)('%s leaves', { timeout: LIMIT_MS }, async ([, key, typed], context) => {
  const { ana, rui } = await atTheTerminal(context);
  ana.type(typed);
  await ana.asks(`To (a name, or * for all): ${typed}`.trimEnd());
  ana.press(key);
  expect(await ana.ends()).toBe('0');
  expect(await rui.hears('left')).toMatchObject({ name: 'Ana', departure: 'left' });
  expect(ana.rows.slice(-2)).toEqual([`To (a name, or * for all): ${typed}`.trimEnd(), 'Exit code 0.']);
});

test.for([
  ['a terminal shows colour', {}, true],
  ['not where NO_COLOR asks for none', { NO_COLOR: '1' }, false],
] as const)('%s', { timeout: LIMIT_MS }, async ([, environment, isPainted], context) => {
  const { ana, rui } = await atTheTerminal(context, {
    FORCE_COLOR: '',
    NO_COLOR: '',
    TERM: 'screen-256color',
    ...environment,
  });
  rui.client.send({ to: 'Ana', subject: 'red', body: 'green' });
  await ana.shows('the message', (rows) => rows.includes('  green'));
  expect(ana.paint.includes('\x1b[')).toBe(isPainted);
});

test("the server's last word begins a row of its own", { timeout: LIMIT_MS }, async (context) => {
  const { ana, server } = await atTheTerminal(context);
  ana.type('half a na');
  await ana.asks('To (a name, or * for all): half a na');
  await server.close('for the night');
  expect(await ana.ends()).toBe('1');
  expect(ana.rows.slice(-3)).toEqual([
    'To (a name, or * for all): half a na',
    'lab: The server is shutting down: for the night.',
    'Exit code 1.',
  ]);
});
