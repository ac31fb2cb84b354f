// What held a message back, told while its stream goes on.
import { expect, test } from 'vitest';
import { StreamWatch } from '../../cli/across/stream-watch.ts';
import { type ArrivalTable, noArrivals } from '../../src/link/tun/arrivals.ts';

const MS = 1e6;
const PORT = 50_000;

/** Rows of [first byte, size, ms]. */
function pieces(rows: readonly (readonly [number, number, number])[], port = PORT): ArrivalTable {
  const table = noArrivals();
  for (const [offset, sizeBytes, ms] of rows) {
    table.direction.push('up');
    table.protocol.push('tcp');
    table.sourcePort.push(port);
    table.destinationPort.push(1);
    table.offset.push(offset);
    table.sizeBytes.push(sizeBytes);
    table.arrivedNs.push(ms * MS);
    table.message.push(-1);
  }
  return table;
}

/** Messages of ten bytes, one behind the other, from byte 20 on. */
function watchOf(messages: number): StreamWatch {
  const watch = new StreamWatch({ direction: 'up', clientPort: PORT });
  for (let key = 1; key <= messages; key++) watch.add({ key, start: 10 + 10 * key, end: 20 + 10 * key });
  return watch;
}

test('what came in order was held back by nothing', () => {
  const watch = watchOf(2);
  expect(
    watch.hear(
      pieces([
        [20, 10, 5],
        [30, 10, 7],
      ]),
    ),
  ).toEqual([
    { key: 1, arrivedNs: 5 * MS, heldBackMs: 0, behind: undefined },
    { key: 2, arrivedNs: 7 * MS, heldBackMs: 0, behind: undefined },
  ]);
});

test('all that lies behind a gap waits for the piece that closes it, however the news is cut', () => {
  const watch = watchOf(4);
  expect(
    watch.hear(
      pieces([
        [20, 10, 5],
        [40, 10, 9],
      ]),
    ),
  ).toEqual([{ key: 1, arrivedNs: 5 * MS, heldBackMs: 0, behind: undefined }]);
  expect(watch.hear(pieces([[50, 10, 20]]))).toEqual([]);
  expect(watch.hear(pieces([[30, 10, 209]]))).toEqual([
    { key: 2, arrivedNs: 209 * MS, heldBackMs: 0, behind: undefined },
    { key: 3, arrivedNs: 9 * MS, heldBackMs: 200, behind: 2 },
    { key: 4, arrivedNs: 20 * MS, heldBackMs: 189, behind: 2 },
  ]);
});

test('it is the last of those before it, when it comes, that ends the wait', () => {
  const watch = watchOf(4);
  watch.hear(
    pieces([
      [20, 10, 5],
      [50, 10, 9],
      [30, 10, 100],
    ]),
  );
  expect(watch.hear(pieces([[40, 10, 209]]))).toEqual([
    { key: 3, arrivedNs: 209 * MS, heldBackMs: 0, behind: undefined },
    { key: 4, arrivedNs: 9 * MS, heldBackMs: 200, behind: 3 },
  ]);
});

test('where the wait was ended by bytes of no message, no message is named that came late, too', () => {
  const watch = watchOf(2);
  watch.hear(pieces([[20, 10, 5]]));
  watch.add({ key: 3, start: 50, end: 60 });
  watch.hear(pieces([[50, 10, 9]]));
  expect(watch.hear(pieces([[30, 10, 100]]))).toEqual([
    { key: 2, arrivedNs: 100 * MS, heldBackMs: 0, behind: undefined },
  ]);
  expect(watch.hear(pieces([[40, 10, 209]]))).toEqual([
    { key: 3, arrivedNs: 9 * MS, heldBackMs: 200, behind: undefined },
  ]);
});

test('bytes of no message hold back, too, and then nothing is named', () => {
  const watch = watchOf(1);
  watch.hear(pieces([[20, 10, 5]]));
  watch.add({ key: 2, start: 40, end: 50 });
  expect(watch.hear(pieces([[40, 10, 9]]))).toEqual([]);
  expect(watch.hear(pieces([[30, 10, 59]]))).toEqual([
    { key: 2, arrivedNs: 9 * MS, heldBackMs: 50, behind: undefined },
  ]);
});

test('a copy changes nothing, and other streams are none of its business', () => {
  const watch = watchOf(2);
  watch.hear(pieces([[20, 10, 5]]));
  expect(watch.hear(pieces([[30, 10, 6]], PORT + 1))).toEqual([]);
  expect(
    watch.hear(
      pieces([
        [20, 10, 30],
        [30, 10, 31],
        [30, 10, 40],
      ]),
    ),
  ).toEqual([{ key: 2, arrivedNs: 31 * MS, heldBackMs: 0, behind: undefined }]);
});

test('a message that was in flight when it was first heard of is settled later', () => {
  const watch = new StreamWatch({ direction: 'up', clientPort: PORT });
  expect(
    watch.hear(
      pieces([
        [0, 20, 1],
        [20, 10, 2],
      ]),
    ),
  ).toEqual([]);
  watch.add({ key: 7, start: 20, end: 30 });
  expect(watch.hear(noArrivals())).toEqual([{ key: 7, arrivedNs: 2 * MS, heldBackMs: 0, behind: undefined }]);
});
