// Columns that are as long as was expected, or grow; and which messages have been seen.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArrivalLog, SentLog } from '../../../src/bench/worker/logs.ts';
import { SeenMessages } from '../../../src/bench/worker/seen-messages.ts';

describe('a log', () => {
  test.each([0, 1, 1023, 1024, 1025, 5000])('keeps %i rows, whatever was expected', (rows) => {
    for (const expected of [undefined, 0, 1, rows, 2 * rows]) {
      const log = new ArrivalLog(true, expected);
      for (let row = 0; row < rows; row++) {
        log.add(row, row + 0.25);
        log.addPlace(row * 2 ** 33, row);
      }
      const { message, arrivedNs, places } = log.columns(0, Number.POSITIVE_INFINITY);
      const all = Array.from({ length: rows }, (_, row) => row);
      expect([...message]).toEqual(all);
      expect([...arrivedNs]).toEqual(all);
      expect([...places!.end]).toEqual(all.map((row) => row * 2 ** 33));
      expect([...places!.bytes]).toEqual(all);
      // What goes to another process is a whole buffer.
      for (const column of [message, arrivedNs, places!.end, places!.bytes]) {
        expect(column.buffer.byteLength).toBe(column.byteLength);
      }
    }
  });

  test('of sent messages keeps what no plan says, and nothing that one does', () => {
    const planned = new SentLog(false, 1);
    planned.add(3, 10, 11.4, 100);
    expect(planned.columns(0, Number.POSITIVE_INFINITY)).toEqual({
      message: Uint32Array.of(3),
      sentNs: Float64Array.of(11),
    });
    const unplanned = new SentLog(true, undefined);
    unplanned.add(3, 9.6, Number.NaN, 100);
    unplanned.addPlace(7, 5);
    expect(unplanned.columns(0, Number.POSITIVE_INFINITY)).toEqual({
      message: Uint32Array.of(3),
      sentNs: Float64Array.of(Number.NaN),
      unplanned: { plannedNs: Float64Array.of(10), sizeBytes: Uint32Array.of(100) },
      places: { end: Float64Array.of(7), bytes: Uint32Array.of(5) },
    });
  });

  test('without streams has no places', () => {
    const log = new ArrivalLog(false);
    log.addPlace(1, 1);
    expect(log.columns(0, Number.POSITIVE_INFINITY)).not.toHaveProperty('places');
  });

  test('of a million messages over a stream takes 46 MiB, as many rows as were expected', () => {
    const rows = 1_000_000;
    const sent = new SentLog(true, rows);
    const arrived = new ArrivalLog(true, rows);
    for (let row = 0; row < rows; row++) {
      sent.add(row, row, row, 100);
      sent.addPlace(row, 1);
      arrived.add(row, row);
      arrived.addPlace(row, 1);
    }
    const { message, sentNs, places } = sent.columns(0, Number.POSITIVE_INFINITY);
    const came = arrived.columns(0, Number.POSITIVE_INFINITY);
    const columns = [
      message,
      sentNs,
      places!.end,
      places!.bytes,
      came.message,
      came.arrivedNs,
      came.places!.end,
      came.places!.bytes,
    ];
    const bytes = columns.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    expect(bytes).toBe(48 * rows);
  });
});

describe('seen messages', () => {
  test('are new once, in any order and of any number of flows', () => {
    const numbers = fc.array(fc.nat({ max: 5000 }), { maxLength: 200 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 40 }), (messages, flows) => {
        const seen = new SeenMessages(flows);
        const naive = new Set<number>();
        for (const message of messages) {
          expect(seen.add(message)).toBe(!naive.has(message));
          naive.add(message);
        }
      }),
    );
  });

  test('may have any number that a body holds', () => {
    const seen = new SeenMessages(1_000_000);
    expect([seen.add(0xffff_ffff), seen.add(0xffff_ffff), seen.add(0)]).toEqual([true, false, true]);
  });
});
