// A bulk flow over the kernel's own TCP under random loss, beside the square-root model of Mathis and others.
import { expect, test } from 'vitest';
import type { Cell } from '../../src/bench/result.ts';
import { labRun, needsTools, workshop } from './across.ts';

const LOSSES = ['0.1%', '0.5%', '2%'];

const bulk = (loss: string) => `
title: A bulk flow
question: Does it get what the square-root model says?
lookFor: Goodput falls with the square root of the loss.
transports: { reno: { transport: tcp, congestionControl: reno } }
links: { lossy: { up: { delay: 10ms, loss: ${loss} }, down: { delay: 10ms } } }
chance: { mode: packet }
workload: { users: 2, arrivals: { window: 32 }, duration: 24s, bodyBytes: 30000 }
repetitions: 1
waitingTime: 10s
`;

test('reno stays within a factor of 1.5 of the square-root model', { timeout: 120_000 }, async (context) => {
  needsTools(context);
  // At once: each has hosts of its own, and the fastest of them carries some 20 Mbit/s.
  const runs = await Promise.all(LOSSES.map((loss) => labRun(workshop(), bulk(loss))));
  for (const { result } of runs) {
    const [{ figures, prediction }] = result.cells as [Cell];
    const ratio = figures!['goodput']!.value! / prediction!.goodputBitsPerSecond;
    expect(ratio).toBeGreaterThan(1 / 1.5);
    expect(ratio).toBeLessThan(1.5);
  }
});
