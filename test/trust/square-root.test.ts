// A bulk flow over the kernel's own TCP under random loss, beside the square-root model of Mathis and others.
import { expect, test } from 'vitest';
import { labRun, needsTools, workshop } from './across.ts';

const BULK = `
title: A bulk flow
question: Does it get what the square-root model says?
lookFor: Goodput falls with the square root of the loss.
transports: { reno: { transport: tcp, congestionControl: reno } }
links: { lossy: { up: { delay: 10ms, loss: 0.1% }, down: { delay: 10ms } } }
chance: { mode: packet }
workload: { users: 2, arrivals: { window: 32 }, duration: 24s, bodyBytes: 30000 }
sweep: { links.lossy.up.loss: [0.1%, 0.5%, 2%] }
repetitions: 1
waitingTime: 10s
`;

test('reno stays within a factor of 1.5 of the square-root model', { timeout: 240_000 }, (context) => {
  needsTools(context);
  const { result } = labRun(workshop(), BULK);
  const ratios = result.cells.map(
    ({ figures, prediction }) => figures!['goodput']!.value! / prediction!.goodputBitsPerSecond,
  );
  expect(ratios).toHaveLength(3);
  for (const ratio of ratios) {
    expect(ratio).toBeGreaterThan(1 / 1.5);
    expect(ratio).toBeLessThan(1.5);
  }
});
