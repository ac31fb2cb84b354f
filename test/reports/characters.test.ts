// Characters as a reader sees them, of texts as long as a message may be.
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { charactersOf } from '../../reports/plain-text.ts';

/** What joins its neighbours, each in its own way (UAX #29), beside what does not. */
const PARTS = [
  ...['a', ' ', 'é', '\u00ad', '\u02ff', '漢', '\t', '\r', '\n', '\r\n', '\u0000', '\u007f'],
  // Accents: alone, many, above the first plane.
  ...['\u0300', '\u0301'.repeat(150), '\u{1d165}', '\u{1d15f}'],
  // Halves of flags and whole ones, families, a heart in colour.
  ...['🇧', '🇧🇷', '👨', '\u200d', '👨‍👩‍👧‍👦', '❤', '\ufe0f', '©'],
  // Syllables of Hangul and of Devanagari, and a sign that stands before what it belongs to.
  ...['\u1100', '\u1161', '\u11a8', '각', '\u0915', '\u094d', '\u093f', '\u0600', '\u0e33'],
  // Halves of characters.
  ...['\ud83d', '\udc68'],
];

const segmented = (text: string) => Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);

test('a long text has the characters that it has as a whole', () => {
  const texts = fc.array(fc.constantFrom(...PARTS), { maxLength: 400, size: 'max' }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      expect(charactersOf(text)).toEqual(segmented(text));
    }),
    { numRuns: 300 },
  );
});

test.each(PARTS)('%j over and over', (part) => {
  for (const before of ['', 'a', 'aa']) {
    const text = before + part.repeat(300);
    expect(charactersOf(text)).toEqual(segmented(text));
  }
});

test('all that is below U+0300 stands alone, but for the end of a line of two', () => {
  const all = Array.from({ length: 0x300 }, (_, code) => String.fromCharCode(code));
  for (const character of all) {
    const text = `${character}a${character}${character}a`;
    expect(charactersOf(text)).toEqual(segmented(text));
  }
});

test.each(['ü', '漢', '👨‍👩‍👧', 'e\u0301', ' \u0301'])('no long text is given to the segmenter: %j', (part) => {
  const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment');
  onTestFinished(() => segment.mockRestore());
  charactersOf(part.repeat(20_000));
  expect(Math.max(0, ...segment.mock.calls.map(([text]) => text.length))).toBeLessThan(200);
});
