// Who writes to whom. A flow is one sender and one receiver; its number is its place in this list.
import type { Workload } from '../scenario/workload.ts';

export interface Flow {
  readonly from: number;
  readonly to: number;
}

export function flowsOf({ pattern, users }: Pick<Workload, 'pattern' | 'users'>): Flow[] {
  switch (pattern) {
    case 'pairs':
      return numbers(users / 2).map((from) => ({ from, to: users / 2 + from }));
    case 'ring':
      return numbers(users).map((from) => ({ from, to: (from + 1) % users }));
    case 'fan-in':
      return numbers(users - 1).map((other) => ({ from: other + 1, to: 0 }));
    case 'fan-out':
      return numbers(users - 1).map((other) => ({ from: 0, to: other + 1 }));
    case 'all-to-all':
      // Turn by turn: in one turn each writes to one other, and no two to the same.
      return numbers(users - 1).flatMap((turn) =>
        numbers(users).map((from) => ({ from, to: (from + turn + 1) % users })),
      );
  }
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}
