import { expect, test } from 'vitest';
import { boundedLines } from '../../../cli/chat/bounded-lines.ts';

async function through(mostLineBytes: number, ...chunks: string[]): Promise<string> {
  const lines = boundedLines(mostLineBytes);
  for (const chunk of chunks) lines.write(chunk);
  lines.end();
  return (await lines.toArray()).map(String).join('');
}

test('lines within the limit pass as they are, however they are cut', async () => {
  for (const text of ['one\ntwo\n', 'one\r\ntwo', '\n\n', '', 'eight678\neight678\n', 'eight678\reight678\r']) {
    expect(await through(8, text)).toBe(text);
    expect(await through(8, ...text)).toBe(text);
  }
});

test('of a longer line the rest is left out, and its end is not', async () => {
  expect(await through(4, 'abcdefgh\nij\nklmnop\n')).toBe('abcd\nij\nklmn\n');
  expect(await through(4, ...'abcdefgh\nij\nklmnop\n')).toBe('abcd\nij\nklmn\n');
  expect(await through(4, 'ab', 'cdef', 'gh', '\nij')).toBe('abcd\nij');
});

test('a line without an end is not kept', async () => {
  const lines = boundedLines(1_000);
  let passedBytes = 0;
  lines.on('data', (bytes) => {
    passedBytes += bytes.length;
  });
  for (let chunk = 0; chunk < 1_000; chunk++) lines.write('x'.repeat(10_000));
  lines.end();
  await new Promise((ended) => lines.once('end', ended));
  expect(passedBytes).toBe(1_000);
});
