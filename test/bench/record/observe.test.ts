// From a trial's record to an observation: what is in time, what is a copy, and which flow it belongs to.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { observe } from '../../../src/bench/record/observe.ts';
import { recordOf } from './records.ts';

const LOST = Number.POSITIVE_INFINITY;

function observed(made: Parameters<typeof recordOf>[0], waitingMs: number) {
  return observe(recordOf(made), waitingMs, { setUpsMs: [] });
}

test('two flows: messages, losses and first copies of each, numbered in the order of the plan', () => {
  const observation = observed(
    {
      plannedNs: [0, 1e6, 2e6, 3e6, 4e6],
      flow: [1, 0, 1, 1, 0],
      arrivals: [
        [2, 5e6],
        [0, 6e6],
        [2, 7e6],
        [4, 8e6],
      ],
    },
    10,
  );
  expect([...observation.delayNs]).toEqual([6e6, LOST, 3e6, LOST, 4e6]);
  expect([...observation.copies]).toEqual([1, 0, 2, 0, 1]);
  expect([...observation.sortedDelaysMs]).toEqual([3, 4, 6]);
  expect(observation.flows.map((flow) => Object.values(flow).map((column) => [...column]))).toEqual([
    [[1, 4], [1, 0], [1], [8e6]],
    [
      [0, 2, 3],
      [0, 0, 1],
      [1, 0],
      [5e6, 6e6],
    ],
  ]);
});

test('T_max itself is in time; what comes later is lost, and is no copy', () => {
  const observation = observed(
    {
      plannedNs: [0, 0, 0],
      arrivals: [
        [0, 5e6],
        [1, 5e6 + 1],
        [0, 6e6],
        [1, 7e6],
      ],
    },
    5,
  );
  expect([...observation.delayNs]).toEqual([5e6, LOST, LOST]);
  expect([...observation.copies]).toEqual([1, 0, 0]);
  expect([...observation.flows[0]!.arrivedNumber]).toEqual([0]);
});

test('no message and no arrival', () => {
  expect(observed({ plannedNs: [], arrivals: [] }, 5)).toMatchObject({ flows: [], damaged: 0, refused: 0 });
  expect(observed({ plannedNs: [0], arrivals: [] }, 5).flows[0]!.lost).toEqual(Uint8Array.of(1));
});

describe('of any record', () => {
  const records = fc.integer({ min: 1, max: 20 }).chain((count) =>
    fc.record({
      plannedNs: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: count, maxLength: count }),
      flow: fc.array(fc.nat({ max: 3 }), { minLength: count, maxLength: count }),
      arrivals: fc
        .array(fc.tuple(fc.nat({ max: count - 1 }), fc.integer({ min: 50, max: 200 })), { maxLength: 60 })
        .map((arrivals) => arrivals.toSorted(([, a], [, b]) => a - b)),
    }),
  );
  const waitingNs = fc.integer({ min: 1, max: 150 });

  test('every flow has what a filter over the arrivals finds', () => {
    fc.assert(
      fc.property(records, waitingNs, (made, waiting) => {
        const inTime = made.arrivals.filter(([message, ns]) => ns - made.plannedNs[message]! <= waiting);
        const firsts = inTime.filter(([message], at) => inTime.findIndex(([other]) => other === message) === at);
        const { flows, copies, delayNs, sortedDelaysMs } = observed(made, waiting / 1e6);
        expect(flows).toHaveLength(Math.max(...made.flow) + 1);
        for (const [number, flow] of flows.entries()) {
          const mine = [...made.flow.keys()].filter((message) => made.flow[message] === number);
          const came = firsts.filter(([message]) => made.flow[message] === number);
          expect([...flow.messages]).toEqual(mine);
          expect([...flow.lost]).toEqual(mine.map((message) => (copies[message] === 0 ? 1 : 0)));
          expect([...flow.arrivedNumber]).toEqual(came.map(([message]) => mine.indexOf(message)));
          expect([...flow.arrivedNs]).toEqual(came.map(([, ns]) => ns));
        }
        const delays = [...delayNs].filter((ns) => ns !== LOST).map((ns) => ns / 1e6);
        expect([...sortedDelaysMs]).toEqual(delays.toSorted((a, b) => a - b));
        expect([...copies]).toEqual(
          made.plannedNs.map((_, message) => inTime.filter(([other]) => other === message).length),
        );
      }),
    );
  });
});
