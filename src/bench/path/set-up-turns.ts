// Round trips of joining, counted on the path: how often a client was answered before it was in.
import type { PacketTable } from '../../link/tun/path-recorder.ts';

/** The packets from a link's opening to its beginning, in the order in which they were sent. */
export type SetUpPackets = Pick<PacketTable, 'direction' | 'clientPort' | 'kind' | 'fate'>;

/**
 * One entry for each port: how often a packet up was followed by one down. Bare acknowledgements ask and answer nothing,
 * and neither does a packet that was lost: this counts what the protocol needs, and the set-up
 * time what it took.
 */
export function setUpRoundTrips(
  { direction, clientPort, kind, fate }: SetUpPackets,
  ports: readonly number[],
): number[] {
  const wasUp = new Map<number, boolean>();
  const turns = new Map<number, number>(ports.map((port) => [port, 0]));
  for (const [packet, port] of clientPort.entries()) {
    if (kind[packet] === 'tcp ack' || fate[packet] !== 'delivered') continue;
    const isUp = direction[packet] === 'up';
    if (!isUp && wasUp.get(port) === true) turns.set(port, (turns.get(port) ?? 0) + 1);
    wasUp.set(port, isUp);
  }
  return ports.map((port) => turns.get(port)!);
}
