// How the drawing library is loaded: in a process of its own, as a library is loaded once.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const LOADER = new URL('../../../dist/cli/screen/load-screen.js', import.meta.url).href;
const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Whether the build of React is the one for development, whether Ink takes this for CI, and the environment afterwards. */
function loaded(env: NodeJS.ProcessEnv): unknown {
  const script = `
    const { loadScreen } = await import(${JSON.stringify(LOADER)});
    await loadScreen(() => import('ink'));
    const isForDevelopment = (await import('react')).act !== undefined;
    const isInCi = (await import('is-in-ci')).default;
    const { NODE_ENV, CI } = process.env;
    console.log(JSON.stringify({ isForDevelopment, isInCi, NODE_ENV, CI }));
  `;
  const args = ['--input-type=module', '--eval', script];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: HERE, env, encoding: 'utf8' }));
}

test.each<[NodeJS.ProcessEnv]>([[{}], [{ CI: 'true', NODE_ENV: 'development' }], [{ CI: '1' }]])(
  'for people, whatever the environment, which is not changed: %j',
  (env) => expect(loaded(env)).toEqual({ isForDevelopment: false, isInCi: false, ...env }),
);

test('what can’t be loaded changes nothing, either', async () => {
  const { loadScreen } = await import('../../../cli/screen/load-screen.ts');
  const before = { ...process.env };
  await expect(loadScreen(() => Promise.reject(new Error('no such file')))).rejects.toThrow('no such file');
  expect({ ...process.env }).toEqual(before);
});
