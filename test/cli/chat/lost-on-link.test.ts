// What a lost datagram was, by the beginning of its bytes.
import { describe, expect, test } from 'vitest';
import { lostIn } from '../../../cli/chat/model/lost-on-link.ts';
import { Arena } from '../../../src/core/arena.ts';
import { encodeConfirm, encodeWho, sendEnvelope } from '../../../src/core/client-frame.ts';
import { encodeLetter } from '../../../src/core/letter.ts';
import { deliverEnvelope, encodeConfirmed, encodeJoined } from '../../../src/core/server-frame.ts';
import { HEAD_BYTES } from '../../../src/link/news.ts';
import { concat, encodeHello, sessionPrefix } from '../../../src/udp/datagram.ts';

const { data, close } = sessionPrefix({ high: 1, low: 2 });

function letter(sequence: number, subject: string, body: string): Uint8Array {
  return encodeLetter({ sequence, wantsReceipt: true, subject, body }, new Arena());
}

function lost(direction: 'up' | 'down', ...frame: Uint8Array[]) {
  return lostIn({ direction, head: concat(data, ...frame).subarray(0, HEAD_BYTES) });
}

test('a message on its way to the server is known by its number', () => {
  expect(lost('up', sendEnvelope('Rui'), letter(7, '#3', 'hello'))).toEqual({
    kind: 'own',
    sequence: 7,
    subject: '#3',
  });
});

test('so is a receipt on its way back', () => {
  expect(lost('down', encodeConfirmed('Rui', 7))).toEqual({ kind: 'receipt', from: 'Rui', sequence: 7 });
});

test.each([false, true])('a message on its way here tells whose it was (to all: %s)', (toAll) => {
  const expected = { kind: 'incoming', from: 'Rui', subject: 'lunch', toAll };
  expect(lost('down', deliverEnvelope('Rui', toAll), letter(1, 'lunch', 'at one'))).toEqual(expected);
});

describe('a beginning is enough', () => {
  // The longest names and subjects there are, and a body that is cut within a character wherever the cut falls.
  const [name, subject] = ['n'.repeat(64), 'ü'.repeat(127)];
  test.each([0, 1, 2, 3])('however the body is cut (%i)', (shift) => {
    const body = `${'x'.repeat(shift)}${'👍'.repeat(1000)}`;
    expect(lost('up', sendEnvelope(name), letter(9, subject, body))).toEqual({ kind: 'own', sequence: 9, subject });
    expect(lost('down', deliverEnvelope(name, true), letter(9, subject, body))).toMatchObject({ from: name, subject });
  });
});

test.each([
  ['a question who is here', 'up', concat(data, encodeWho(1))],
  ['a receipt for somebody else', 'up', concat(data, encodeConfirm('Rui', 1))],
  ['somebody who joins', 'down', concat(data, encodeJoined({ name: 'Rui', transport: 'udp' }))],
  ['a keep-alive', 'up', data],
  ['a goodbye', 'up', concat(close)],
  ['a handshake', 'up', encodeHello(new Uint8Array(8))],
  ['nothing', 'up', new Uint8Array(0)],
  ['anybody else’s bytes', 'down', Uint8Array.from({ length: 40 }, (_, at) => at)],
] as const)('%s is no message', (_, direction, head) => expect(lostIn({ direction, head })).toBeUndefined());
