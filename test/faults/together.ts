// Cells of one table that don't disturb each other, all at the same time: most of their time is waiting. What fails is told
// by its cell.
import { expect } from 'vitest';

export async function together(cells: Readonly<Record<string, () => Promise<void>>>): Promise<void> {
  const names = Object.keys(cells);
  const ended = await Promise.allSettled(Object.values(cells).map((cell) => cell()));
  const failed = ended.flatMap((each, at) =>
    each.status === 'rejected' ? [`${names[at]}: ${(each.reason as Error).message}`] : [],
  );
  expect(failed).toEqual([]);
}
