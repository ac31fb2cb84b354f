// Calls that can't be made: whoever makes one is told, and neither waits for ever nor keeps others from being answered.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { remote } from '../src/rpc.ts';

interface Api {
  echo(value: unknown): unknown;
  missing(nothing: undefined): unknown;
  toString(nothing: undefined): string;
}

const folder = mkdtempSync(join(tmpdir(), 'lab-rpc-'));
afterAll(() => rmSync(folder, { recursive: true }));
const program = join(folder, 'echo.mjs');
const built = new URL('../dist/src/rpc.js', import.meta.url).href;
writeFileSync(
  program,
  `import { expose } from ${JSON.stringify(built)};
expose({ echo: (value) => value });`,
);

function launch() {
  const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test.each(['missing', 'toString'] as const)('a function that was never offered: %s', async (name) => {
  const echo = remote<Api>(launch(), 'echo');
  await expect(echo[name](undefined)).rejects.toMatchObject({
    code: 'REMOTE',
    message: `The echo process: it has no function "${name}"`,
  });
  expect(await echo.echo(1)).toBe(1);
});

test('an argument that can not be sent', async () => {
  const echo = remote<Api>(launch(), 'echo');
  await expect(echo.echo(() => {})).rejects.toThrow('could not be cloned');
  expect(await echo.echo(1)).toBe(1);
});

test('to a process that has ended already', async () => {
  const child = launch();
  child.kill('SIGKILL');
  await once(child, 'exit');
  await expect(remote<Api>(child, 'echo').echo(1)).rejects.toMatchObject({
    code: 'DIED',
    message: 'The echo process ended before its time (SIGKILL).',
  });
});

test('to one that an async function handed over', async () => {
  const echo = await (async () => remote<Api>(launch(), 'echo'))();
  expect(await echo.echo(1)).toBe(1);
});
