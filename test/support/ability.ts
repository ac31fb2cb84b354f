// A test that can't run on this machine says why and counts as skipped; on CI the machine must be able to run it.
import { networkInterfaces } from 'node:os';
import type { TestContext } from 'vitest';

export function needs(context: TestContext, isAble: boolean, reason: string): void {
  if (isAble) return;
  if (process.env['CI'] === 'true') throw new Error(`This machine must be able to run this test: ${reason}.`);
  context.skip(reason);
}

export function hasLoopback6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
}
