// What theory says a bulk flow of TCP gets, to be drawn beside what it got.
import type { LinkProfile } from '../../link/profile.ts';
import type { Prediction } from '../result.ts';
import type { Contestant } from '../scenario/scenario.ts';
import type { Workload } from '../scenario/workload.ts';

/** IPv4 and TCP headers with time stamps. */
const HEADER_BYTES = 52;
const USUAL_MTU_BYTES = 1500;

/**
 * The square-root model of congestion avoidance: MSS / RTT · √(3/2) / √p for random loss p and one acknowledgement a
 * segment (M. Mathis, J. Semke, J. Mahdavi, T. Ott, "The Macroscopic Behavior of the TCP Congestion Avoidance Algorithm",
 * ACM SIGCOMM CCR 27(3), 1997). It is of the algorithm of RFC 5681, which Linux calls reno.
 * @returns bit/s
 */
export function squareRootModel(mssBytes: number, roundTripSeconds: number, loss: number): number {
  return ((mssBytes * 8) / roundTripSeconds) * Math.sqrt(3 / 2 / loss);
}

/** Only where the model speaks of what was measured: a bulk flow of reno, random loss packet by packet, no bottleneck. */
export function predictGoodput(
  { transport, kernel }: Contestant,
  { up, down }: LinkProfile,
  { arrivals }: Workload,
  chanceMode: string,
  mtuBytes = USUAL_MTU_BYTES,
): Prediction | undefined {
  const isReno = transport === 'tcp' && kernel['net.ipv4.tcp_congestion_control'] === 'reno';
  if (!isReno || arrivals.kind !== 'window' || chanceMode !== 'packet') return undefined;
  const roundTripMs = (up.delay?.delayMs ?? 0) + (down.delay?.delayMs ?? 0);
  const losses = [up, down].map(({ loss }) => (loss?.kind === 'random' ? loss.probability : 0));
  const loss = Math.max(...losses);
  const hasOther = [up, down].some(({ rate, loss: own }) => rate !== undefined || (own && own.kind !== 'random'));
  if (loss === 0 || roundTripMs === 0 || hasOther) return undefined;
  return {
    model: 'square-root',
    goodputBitsPerSecond: squareRootModel(mtuBytes - HEADER_BYTES, roundTripMs / 1000, loss),
  };
}
