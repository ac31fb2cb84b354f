// A good scenario, and what is said of one with something changed in it.
import { expect } from 'vitest';
import { read } from './library.ts';

/** Counted from 1, as an editor does. */
export const GOOD = [
  'title: A title', //                                            1
  'question: A question?',
  'lookFor: Something to see.',
  'transports: [tcp, udp]',
  'links:', //                                                    5
  '  clean: {}',
  '  lossy: { delay: 10ms, loss: 5% }',
  '  jittery: { delay: 20ms, jitter: 10ms }',
  'workload:',
  '  users: 8', //                                               10
  '  ratePerSecond: 500',
  '  duration: 1s',
  '  bodyBytes: 200',
  'repetitions: 3',
  'waitingTime: 3s', //                                          15
  'vanishing: { watch: 1s }',
  'claims:',
  '  - sentence: UDP has no connection.',
  '    test: no-connection',
  '    transport: udp', //                                       20
].join('\n');

/** With each of these in place of what stands before it. */
export function changed(...changes: readonly (readonly [before: string, after: string])[]): string {
  return changes.reduce((text, [before, after]) => {
    expect(text).toContain(before);
    return text.replace(before, () => after);
  }, GOOD);
}

/** The one line that its writer is told, without the file's name. */
export function complaintAbout(text: string): string {
  try {
    read(text);
  } catch (error) {
    expect(error).toMatchObject({ name: 'CallerError' });
    const { message } = error as Error;
    expect(message).toMatch(/^my\.yaml:[^\n]*$/);
    return message.slice('my.yaml:'.length);
  }
  throw new Error('The scenario was taken for a good one.');
}
