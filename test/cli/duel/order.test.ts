// What a line of a duel asks for.
import { describe, expect, test } from 'vitest';
import { type Order, type OrderMistake, orderIn, ordersIn } from '../../../cli/duel/model/order.ts';

const say = (body: string): Order => ({ kind: 'say', body });
const flood = (count: number, everyMs: number): Order => ({ kind: 'flood', count, everyMs });

describe('what is said', () => {
  test.each([
    ['hello', 'hello'],
    [' hello ', ' hello '],
    ['see /clear', 'see /clear'],
    [' /clear', ' /clear'],
    ['#1', '#1'],
    ['//clear', '/clear'],
    ['///', '//'],
    ['//', '/'],
    ['one\ntwo', 'one\ntwo'],
  ])('%j is %j', (line, body) => expect(orderIn(line)).toEqual(say(body)));
});

describe('a command', () => {
  test.each<[string, Order]>([
    ['/flood', flood(50, 20)],
    ['/flood 7', flood(7, 20)],
    ['/flood 7 5ms', flood(7, 5)],
    ['/flood 7 1.5s', flood(7, 1500)],
    ['/flood 7 0ms', flood(7, 0)],
    ['/flood 7 0.5ms', flood(7, 0.5)],
    ['/flood 1 60s', flood(1, 60_000)],
    ['/flood 10000 60000ms', flood(10_000, 60_000)],
    ['/flood   7   5ms  ', flood(7, 5)],
    ['/link', { kind: 'link', words: '' }],
    ['/link 3g', { kind: 'link', words: '3g' }],
    ['/link  loss  30%  delay 1ms ', { kind: 'link', words: 'loss 30% delay 1ms' }],
    ['/link loss {kind: list, packets: [3, 7]}', { kind: 'link', words: 'loss {kind: list, packets: [3, 7]}' }],
    ['/link loss: 30%, delay: 1ms', { kind: 'link', words: 'loss: 30%, delay: 1ms' }],
    ['/link up loss {a: [{b: 1}]}', { kind: 'link', words: 'up loss {a: [{b: 1}]}' }],
    ['/wait 2s', { kind: 'wait', ms: 2000 }],
    ['/wait 250ms', { kind: 'wait', ms: 250 }],
    ['/wait 60s', { kind: 'wait', ms: 60_000 }],
    ['/save duel.json', { kind: 'save', file: 'duel.json' }],
    ['/save my duel.json', { kind: 'save', file: 'my duel.json' }],
    ['/clear', { kind: 'clear' }],
    ['/clear ', { kind: 'clear' }],
    ['/help', { kind: 'keys' }],
    ['/quit', { kind: 'leave' }],
  ])('%j is %j', (line, order) => expect(orderIn(line)).toEqual(order));
});

describe('a mistake', () => {
  test.each<[string, OrderMistake]>([
    ...['0', '-1', '10001', '1e3', '1.5', 'many', '0x10', 'NaN', 'Infinity'].map((given): [string, OrderMistake] => [
      `/flood ${given}`,
      { kind: 'flood-count', given },
    ]),
    ...['20', 'ms', '-5ms', '61s', '60001ms', '1min', '5 ms', '1e3ms', '.5s', '5.s'].map(
      (given): [string, OrderMistake] => [`/flood 5 ${given}`, { kind: 'flood-pause', given: given.split(' ')[0]! }],
    ),
    ...['', '2', '61s', 'long', '-1s', '1h'].map((given): [string, OrderMistake] => [
      `/wait ${given}`,
      { kind: 'wait', given },
    ]),
    ['/save', { kind: 'no-file' }],
    ['/save  ', { kind: 'no-file' }],
    ['/', { kind: 'unknown-command', given: '/' }],
    ['/ clear', { kind: 'unknown-command', given: '/' }],
    ['/CLEAR', { kind: 'unknown-command', given: '/CLEAR' }],
    ['/to Rui', { kind: 'unknown-command', given: '/to' }],
    ['/__proto__', { kind: 'unknown-command', given: '/__proto__' }],
  ])('%j is %j', (line, mistake) => expect(orderIn(line)).toEqual({ kind: 'mistake', mistake }));
});

describe('a script', () => {
  test('is a line after the other, each with its number', () => {
    expect(ordersIn('hello\n/flood 5\n//x')).toEqual([
      { order: say('hello'), lineNumber: 1 },
      { order: flood(5, 20), lineNumber: 2 },
      { order: say('/x'), lineNumber: 3 },
    ]);
  });

  test('has lines that mean nothing, and are counted', () => {
    expect(ordersIn('# a duel\n\n  \t\nhello # you\n#\n/nothing\n')).toEqual([
      { order: say('hello # you'), lineNumber: 4 },
      { order: { kind: 'mistake', mistake: { kind: 'unknown-command', given: '/nothing' } }, lineNumber: 6 },
    ]);
  });

  test('may end its lines as Windows does', () => {
    expect(ordersIn('hello\r\n\r\n/save a\r\n')).toEqual([
      { order: say('hello'), lineNumber: 1 },
      { order: { kind: 'save', file: 'a' }, lineNumber: 3 },
    ]);
  });

  test('may begin with the mark that Windows puts before UTF-8', () => {
    expect(ordersIn('\ufeff/clear\n\ufeffhello')).toEqual([
      { order: { kind: 'clear' }, lineNumber: 1 },
      { order: say('\ufeffhello'), lineNumber: 2 },
    ]);
    expect(ordersIn('\ufeff# nothing')).toEqual([]);
  });

  test.each(['', '\n\n', '# nothing'])('may have nothing to do: %j', (script) => expect(ordersIn(script)).toEqual([]));
});
