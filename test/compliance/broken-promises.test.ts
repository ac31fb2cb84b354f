import { expect, test } from 'vitest';
import type { Promises } from '../../src/core/transport.ts';
import { brokenPromises } from './broken-promises.ts';

const both = promises({ reliable: true, ordered: true });
const neither = promises({ reliable: false, ordered: false });

test.each([
  ['all, in order, where that is promised', both, [0, 1, 2, 3], []],
  ['a frame missing', both, [0, 1, 3], ['it promises to deliver and lost 2']],
  ['a frame twice', both, [0, 1, 1, 2, 3], ['it promises to deliver once and repeated 1']],
  ['a frame late', both, [0, 2, 1, 3], ['it promises order, and these came after later ones: 1']],
  ['order alone is promised', promises({ reliable: false, ordered: true }), [0, 3], []],
  ['delivery alone is promised', promises({ reliable: true, ordered: false }), [0, 3, 2, 1], []],
  ['nothing is promised, and nothing held', neither, [0, 3, 3, 1], []],
  [
    'nothing is promised, and all held',
    neither,
    [0, 1, 2, 3],
    ['it does not promise to deliver, and lost nothing', 'it does not promise order, and kept it'],
  ],
])('%s', (_, promised, arrived, complaints) => {
  expect(brokenPromises(promised, 4, arrived)).toEqual(complaints);
});

function promises(some: Pick<Promises, 'reliable' | 'ordered'>): Promises {
  return { connection: false, maxFrameBytes: 1, ...some };
}
