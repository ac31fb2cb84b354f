// What the workers noted of a trial, fetched piece by piece: as one answer it would be in the memory of a worker twice, and
// in that of the controller three times.
import type { Remote } from '../../rpc.ts';
import { joinArrived, joinSent } from '../record/join-columns.ts';
import type { Rows, WorkerApi, WorkerCounts, WorkerRecord } from '../worker/worker.ts';

const ROWS_A_PIECE = 131_072;

export async function collect(worker: Remote<WorkerApi>, counts: WorkerCounts): Promise<WorkerRecord> {
  const { sentRows, arrivedRows, stoodStillMs: _, ...others } = counts;
  const sent = await pieces(sentRows, worker.sent);
  const arrived = await pieces(arrivedRows, worker.arrived);
  return { sent: joinSent(sent), arrived: joinArrived(arrived), ...others };
}

/** At least one, so that there are columns where there are no rows. */
async function pieces<C>(rows: number, fetch: (rows: Rows) => Promise<C>): Promise<C[]> {
  const fetched: C[] = [];
  for (let from = 0; from === 0 || from < rows; from += ROWS_A_PIECE) {
    fetched.push(await fetch({ from, to: Math.min(rows, from + ROWS_A_PIECE) }));
  }
  return fetched;
}
