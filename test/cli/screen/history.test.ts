// What was sent before, step by step.
import { describe, expect, test } from 'vitest';
import { type History, NO_HISTORY, recalled, remembered } from '../../../cli/screen/history.ts';

const following = (...texts: string[]): History => texts.reduce(remembered, NO_HISTORY);

/** What is shown after each step; what is shown is what is typed. */
function steps(history: History, typed: string, ...ways: (1 | -1)[]): string[] {
  let now = { history, text: typed };
  return ways.map((way) => {
    now = recalled(now.history, way, now.text);
    return now.text;
  });
}

describe('what was sent before', () => {
  test('Up shows the newest first, then to the oldest, and stays there', () => {
    expect(steps(following('one', 'two', 'three'), '', 1, 1, 1, 1)).toEqual(['three', 'two', 'one', 'one']);
  });

  test('Down comes back to what was being typed, and stays there', () => {
    expect(steps(following('one', 'two'), 'draft', 1, 1, -1, -1, -1)).toEqual(['two', 'one', 'two', 'draft', 'draft']);
  });

  test('is the same to Up and Down where there is none', () => {
    expect(steps(NO_HISTORY, 'draft', 1, -1)).toEqual(['draft', 'draft']);
  });

  test('has the same text once where it was sent twice running', () => {
    expect(following('one', 'one', 'two', 'one').texts).toEqual(['one', 'two', 'one']);
  });

  test('has no empty texts', () => expect(following('', 'one', '').texts).toEqual(['one']));

  test('begins with the newest again when something was sent', () => {
    const { history } = recalled(following('one', 'two'), 1, 'draft');
    expect(remembered(history, 'three')).toEqual({ texts: ['one', 'two', 'three'], back: 0, draft: '' });
  });

  test('is the last hundred', () => {
    const { texts } = following(...Array.from({ length: 150 }, (_, at) => `text ${at}`));
    expect(texts).toHaveLength(100);
    expect(texts.at(0)).toBe('text 50');
    expect(texts.at(-1)).toBe('text 149');
  });
});
