// The chat as a program in pipes: two users on a server process, line by line.
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { connect } from '../../src/index.ts';
import { until } from '../support/until.ts';
import { enter, openRoom } from './chat-room.ts';
import { lab, PROCESS_TEST, startLab } from './lab-process.ts';

const ESCAPE = '\x1b';

describe.concurrent('two users in pipes', PROCESS_TEST, () => {
  test.each([
    ['tcp', 'tcp'],
    ['udp', 'udp'],
    ['tcp', 'udp'],
  ])('over %s and %s exchange messages', async (first, second) => {
    const room = await openRoom();
    const [ana, rui] = await Promise.all([enter(room, 'Ana', first), enter(room, 'Rui', second)]);
    ana.type('Rui', 'greetings', 'olá, ação ✓');
    await rui.prints(/\d\d:\d\d:\d\d Ana · greetings\n {2}olá, ação ✓\n/);
    await ana.prints(/· Rui has message 1 \(\d+\.\d ms\)\./);
    rui.type('Ana', '', 'no subject');
    await ana.prints(/Rui · Sem Assunto\n {2}no subject\n/);
    // The last recipient is offered again.
    rui.type('', 'again', 'with the same recipient');
    await ana.prints(/Rui · again\n {2}with the same recipient\n/);
  });

  test('hear who comes and goes, and who is here', async () => {
    const room = await openRoom();
    const ana = await enter(room, 'Ana');
    const rui = await enter(room, 'Rui', 'udp');
    await ana.prints('· Rui joined over udp.');
    ana.type('/who');
    await ana.prints('2 here:\n  Ana (tcp), you\n  Rui (udp)\n');
    rui.type('/quit');
    expect(await rui.ends()).toMatchObject({ code: 0 });
    await ana.prints('· Rui is gone (left).');
  });

  test('see only the text of what another user wrote', async () => {
    const room = await openRoom();
    const ana = await enter(room, 'Ana');
    const rui = await enter(room, 'Rui');
    const mallory = await connect({ transport: 'tcp', port: Number(room.port), name: 'Mallory', onEvent: () => {} });
    const subject = `a${ESCAPE}[2Jb\u202ec`;
    mallory.send({ to: 'Rui', subject, body: `x${ESCAPE}]0;owned\x07y\r\n${ESCAPE}[1A\x9b31mz\u2028\u2066` });
    await rui.prints('Mallory · a\\u{1b}[2Jb\\u{202e}c\n  x\\u{1b}]0;owned\\u{7}y\n  \\u{1b}[1A\\u{9b}31mz\\u{2028}\\u{2066}\n');
    mallory.close();
    // A pipe passes anything on, so a user's own lines are tried as well.
    ana.type('Rui', `t${ESCAPE}[31m`, `u${ESCAPE}[0m`);
    await rui.prints('Ana · t\\u{1b}[31m\n  u\\u{1b}[0m\n');
    ana.type(`no${ESCAPE}[31mbody`, '', 'x', `/no${ESCAPE}[31mcommand`);
    await ana.prints(/There is no command/);
    for (const { stdout, stderr } of [ana, rui, room.server]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      expect(stdout + stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028\u2066]/);
    }
  });

  test('leave no message behind: the end of a pipe waits for the receipt', async () => {
    const room = await openRoom();
    const rui = await enter(room, 'Rui', 'udp');
    const ana = startLab(['chat', '--port', room.port, '--transport', 'udp', '--name', 'Ana']);
    ana.type('Rui', 'bye', 'the last words');
    ana.endInput();
    expect(await ana.ends()).toMatchObject({ code: 0 });
    expect(ana.stdout).toMatch(/Rui has message 1 \(/);
    await rui.prints('  the last words\n');
  });

  test('a message to all at the end of a pipe is told as confirmed by whoever has it', async () => {
    const room = await openRoom();
    const users = await Promise.all([enter(room, 'Rui', 'udp'), enter(room, 'Eva')]);
    const ana = startLab(['chat', '--port', room.port, '--name', 'Ana']);
    ana.type('*', 'Hello', 'Hello all');
    ana.endInput();
    expect(await ana.ends()).toMatchObject({ code: 0 });
    for (const user of users) await user.prints('Ana to all · Hello\n  Hello all\n');
    expect(ana.stdout).toContain('Rui has message 1');
    expect(ana.stdout).toContain('Eva has message 1');
    expect(ana.stdout).not.toContain('not confirmed');
  });
});

describe.concurrent('one user', PROCESS_TEST, () => {
  test('is told of a recipient who is not here', async () => {
    const ana = await enter(await openRoom(), 'Ana');
    ana.type('Nobody', 's', 'b');
    await ana.prints('! There is no user "Nobody" here now.');
    ana.type('*', 's', 'b');
    await ana.prints('! Nobody else is here.');
    ana.type('/to', '', '/quit');
    await ana.ends();
  });

  test('needs a recipient before anything else', async () => {
    const ana = await enter(await openRoom(), 'Ana');
    ana.type('');
    await ana.prints('! A message needs a recipient: a name, or * for everybody.');
  });

  test('has an inbox, and can clear it', async () => {
    const room = await openRoom();
    const [ana, rui] = await Promise.all([enter(room, 'Ana'), enter(room, 'Rui')]);
    ana.type('/inbox');
    await ana.prints('The inbox is empty.\n');
    rui.type('/to Ana', 'one', 'first', 'two', 'second');
    await ana.prints('  second\n');
    ana.type('/inbox');
    await ana.prints('  first\n', 2);
    await ana.prints('  second\n', 2);
    ana.type('/clear');
    await ana.prints('The inbox is empty.\n', 2);
    ana.type('/inbox');
    await ana.prints('The inbox is empty.\n', 3);
  });

  test('/to keeps the recipient until it is taken back', async () => {
    const room = await openRoom();
    const [ana, rui] = await Promise.all([enter(room, 'Ana'), enter(room, 'Rui')]);
    ana.type('/to Rui', 's1', 'b1', 's2', 'b2', '/to', 'Rui', 's3', 'b3');
    for (const number of [1, 2, 3]) await rui.prints(`Ana · s${number}\n  b${number}\n`);
  });

  test('/help names every command, and two slashes begin a text with one', async () => {
    const room = await openRoom();
    const [ana, rui] = await Promise.all([enter(room, 'Ana'), enter(room, 'Rui')]);
    ana.type('/help', '/nothing');
    for (const command of ['/to NAME', '/who', '/inbox', '/clear', '/help', '/quit'])
      await ana.prints(new RegExp(`^${command} `, 'm'));
    await ana.prints('! There is no command /nothing. /help lists those there are');
    ana.type('Rui', '', '//etc/hosts');
    await rui.prints('  /etc/hosts\n');
  });

  test('what comes after /quit in the same breath is not obeyed', async () => {
    const room = await openRoom();
    const rui = await enter(room, 'Rui');
    const ana = startLab(['chat', '--port', room.port, '--name', 'Ana']);
    ana.type('/quit', '/inbox', '/who', 'Rui', 'late', 'too late');
    expect(await ana.ends()).toMatchObject({ code: 0 });
    expect(ana.stdout).not.toContain('inbox');
    expect(ana.stderr).toBe('');
    await rui.prints('· Ana is gone (left).');
    expect(rui.stdout).not.toContain('too late');
  });

  test('who is interrupted leaves', async () => {
    const room = await openRoom();
    const ana = await enter(room, 'Ana', 'udp');
    ana.endInput();
    expect(await ana.ends()).toMatchObject({ code: 0 });
    await room.server.prints('Ana is gone (left)');
  });
});

describe.concurrent('a chat that cannot go on', PROCESS_TEST, () => {
  test.each(['tcp', 'udp'])('over %s: the server stops, and says why', async (transport) => {
    const room = await openRoom();
    const ana = await enter(room, 'Ana', transport);
    room.server.signal('SIGTERM');
    expect(await ana.ends()).toMatchObject({ code: 1 });
    expect(ana.stderr).toBe('lab: The server is shutting down: it was stopped by its operator.\n');
  });

  test.each(['tcp', 'udp'])('over %s: the server is gone without a word', async (transport) => {
    const room = await openRoom();
    const ana = await enter(room, 'Ana', transport);
    await room.server.kill();
    // Over UDP nobody learns of it who does not send.
    ana.type('Rui', 's', 'b');
    expect(await ana.ends()).toMatchObject({ code: 1 });
    expect(ana.stderr).toMatch(/^lab: The server is gone: .+\.\n$/);
  });

  test.each([
    ['a name that is taken', 'Ana', /^lab: The name "Ana" is taken\. .+\n$/],
    ["a name that is the server's to give", 'Usuario3', /^lab: The name "Usuario3" is the server's to give: .+\n$/],
    ['a name that is not allowed', '*', /^lab: The name "\*" is not allowed: .+\n$/],
  ])('%s', async (_, name, told) => {
    const room = await openRoom();
    await enter(room, 'Ana');
    const other = await lab(['chat', '--port', room.port, '--transport', 'udp', '--name', name]);
    expect(other.stderr).toMatch(told);
    expect(other.code).toBeGreaterThan(0);
    expect(other.stdout).toBe('');
  });

  test('a server that is full', async () => {
    const room = await openRoom('--max-users', '1');
    await enter(room, 'Ana');
    const other = await lab(['chat', '--port', room.port, '--name', 'Rui']);
    expect(other).toMatchObject({ code: 1, stderr: 'lab: The server is full: its limit is 1 users. Try again later.\n' });
  });

  test.each(['tcp', 'udp'])('over %s: nobody listens', async (transport) => {
    const port = await freePort();
    const ended = await lab(['chat', '--port', String(port), '--transport', transport]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toBe(
      `lab: Nobody listens at 127.0.0.1:${port} over ${transport}. Start a server there ("lab serve"), or check host and port.\n`,
    );
  });
});

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await until(() => server.listening, 'a free port is found');
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
