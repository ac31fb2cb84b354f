import { describe, expect, test } from 'vitest';
import { Arena } from '../../src/core/arena.ts';
import { parseClientFrame, sendEnvelope } from '../../src/core/client-frame.ts';
import { CallerError } from '../../src/core/errors.ts';
import { encodeLetter, Letter, letterFault, letterSequence } from '../../src/core/letter.ts';
import { MAX_BODY_BYTES, MAX_FRAME_BYTES } from '../../src/core/limits.ts';
import { encodeText } from '../../src/core/text.ts';
import { hex, joined, unhex } from '../support/hex.ts';

const encode = (subject: string, body: string | Uint8Array, sequence = 1) =>
  encodeLetter({ sequence, wantsReceipt: false, subject, body }, new Arena());

const bodyOf = (sizeBytes: number) => joined(unhex('00 00 00 01 00 00'), new Uint8Array(sizeBytes).fill(0x61));

describe('what the sender may write', () => {
  test.each([
    ['a subject of 255 bytes', 'a'.repeat(255), ''],
    ['a subject whose last character ends at 255', `${'a'.repeat(253)}é`, ''],
    ['a body of 60,000 bytes', '', 'a'.repeat(60_000)],
    ['a body whose last character ends at 60,000', '', `${'a'.repeat(59_996)}😀`],
    ['bytes that are UTF-8', 'oi', encodeText('olá')],
  ])('%s', (_, subject, body) => {
    const letter = encode(subject, body);
    expect(letterFault(letter)).toBeUndefined();
    const read = new Letter(letter);
    expect(read.subject).toBe(subject === '' ? 'Sem Assunto' : subject);
    expect(read.body).toBe(typeof body === 'string' ? body : 'olá');
  });

  test.each([
    ['a subject of 256 bytes', 'a'.repeat(256), '', /^The subject has 256 bytes in UTF-8 and the limit is 255/],
    ['a subject that a character takes over 255', `${'a'.repeat(254)}é`, '', /subject has 256 bytes .* limit is 255/],
    ['a body of 60,001 bytes', '', 'a'.repeat(60_001), /^The body has 60001 bytes in UTF-8 and the limit is 60000/],
    ['a body that a character takes over', '', `${'a'.repeat(59_999)}é`, /body has 60001 bytes .* limit is 60000/],
    ['a body of too many bytes', '', new Uint8Array(60_001), /body has 60001 bytes .* limit is 60000/],
    ['bytes that are no UTF-8', '', unhex('6f c3'), /body is not well-formed UTF-8/],
  ])('not %s', (_, subject, body, words) => {
    expect(() => encode(subject, body)).toThrow(CallerError);
    expect(() => encode(subject, body)).toThrow(words);
  });

  test('half a surrogate pair becomes the replacement character, on the wire too', () => {
    expect(new Letter(encode('\ud800', 'a\udc00')).subject).toBe('\ufffd');
    expect(new Letter(encode('\ud800', 'a\udc00')).body).toBe('a\ufffd');
  });

  test('bytes given are copied: what the caller does with them later changes nothing', () => {
    const body = encodeText('antes');
    const letter = encode('', body);
    body.fill(0);
    expect(new Letter(letter).body).toBe('antes');
  });
});

describe('what is no letter', () => {
  test.each([
    ['shorter than its fields', '00 00 00 01 00', 'malformed'],
    ['nothing', '', 'malformed'],
    ['with an unknown flag', '00 00 00 01 02 00', 'malformed'],
    ['with the highest flag', '00 00 00 01 80 00', 'malformed'],
    ['with a subject longer than the rest', '00 00 00 01 00 03 61 62', 'malformed'],
    ['with a byte that begins no character', '00 00 00 01 00 00 ff', 'invalid-text'],
    ['with a character cut by the end', '00 00 00 01 00 00 c3', 'invalid-text'],
    ['with a character longer than it need be', '00 00 00 01 00 00 c0 af', 'invalid-text'],
    ['with half a surrogate pair', '00 00 00 01 00 00 ed a0 80', 'invalid-text'],
    ['with a character beyond U+10FFFF', '00 00 00 01 00 00 f4 90 80 80', 'invalid-text'],
    ['with a subject cut inside a character', '00 00 00 01 00 01 c3', 'invalid-text'],
    ['with a character half in the subject and half in the body', '00 00 00 01 00 01 c3 a1', 'invalid-text'],
  ])('one %s', (_, bytes, fault) => {
    expect(letterFault(unhex(bytes))).toBe(fault);
  });

  test('a character across the border of subject and body is no text, wherever the border is', () => {
    const text = encodeText('aé好😀z');
    for (let subjectBytes = 0; subjectBytes <= text.length; subjectBytes++) {
      const letter = joined(Uint8Array.of(0, 0, 0, 1, 0, subjectBytes), text);
      const isBorder = [0, 1, 3, 6, 10, 11].includes(subjectBytes);
      expect(letterFault(letter), `subject of ${subjectBytes} bytes`).toBe(isBorder ? undefined : 'invalid-text');
    }
  });

  test('one with a body of 60,001 bytes; 60,000 are one', () => {
    expect(letterFault(bodyOf(MAX_BODY_BYTES))).toBeUndefined();
    expect(letterFault(bodyOf(MAX_BODY_BYTES + 1))).toBe('body-too-long');
  });

  test('a body too long is told as that before it is told as no text', () => {
    expect(letterFault(bodyOf(MAX_BODY_BYTES + 1).fill(0xff, 6))).toBe('body-too-long');
  });
});

test('the longest message of all has exactly the longest frame', () => {
  const frame = joined(sendEnvelope('n'.repeat(64)), encode('s'.repeat(255), 'b'.repeat(MAX_BODY_BYTES)));
  expect(frame.length).toBe(MAX_FRAME_BYTES);
  expect(parseClientFrame(frame).kind).toBe('send');
});

test('an empty subject is read as "Sem Assunto", and one that says so stays what it is', () => {
  expect(new Letter(encode('', 'x')).subject).toBe('Sem Assunto');
  expect(hex(encode('', ''))).toBe('00 00 00 01 00 00');
  expect(encode('Sem Assunto', '')[5]).toBe(11);
});

test('a byte order mark is kept, in subject and body', () => {
  const letter = new Letter(encode('\ufeffa', '\ufeffb'));
  expect([letter.subject, letter.body]).toEqual(['\ufeffa', '\ufeffb']);
});

test.each([0, 1, 255, 256, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff])('number %d is kept', (sequence) => {
  const letter = encode('', '', sequence);
  expect(letterSequence(letter)).toBe(sequence);
  expect(new Letter(letter).sequence).toBe(sequence);
});

test('a letter is read where it lies in a larger block', () => {
  const block = joined(unhex('ff ff ff'), encode('a', 'olá', 9), unhex('ff'));
  const letter = block.subarray(3, block.length - 1);
  expect(letterFault(letter)).toBeUndefined();
  expect(new Letter(letter).body).toBe('olá');
  expect(hex(new Letter(letter).bodyBytes)).toBe('6f 6c c3 a1');
});
