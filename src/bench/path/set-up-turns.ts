// Round trips of joining, counted on the path: how often a client had to wait for an answer before it was in.
import type { Direction } from '../../link/impairment.ts';
import type { PacketTable } from '../../link/tun/path-recorder.ts';

/** The packets from a link's opening to its beginning, in the order in which they were sent. */
export type SetUpPackets = Pick<PacketTable, 'direction' | 'clientPort' | 'kind' | 'fate' | 'offeredNs' | 'dueNs'>;

/**
 * One entry for each port: the longest chain of packets up and answers down, each sent after the one before had come. What was
 * repeated, or is on its way at the same time, makes no chain longer. Bare acknowledgements ask and answer nothing, and
 * neither does a packet that was lost: this counts what the protocol needs, and the set-up time what it took.
 */
export function setUpRoundTrips(packets: SetUpPackets, ports: readonly number[]): number[] {
  const talks = new Map(ports.map((port) => [port, new Talk()]));
  for (const [packet, port] of packets.clientPort.entries()) {
    if (packets.kind[packet] === 'tcp ack' || packets.fate[packet] !== 'delivered') continue;
    talks.get(port)?.add(packets.direction[packet]!, packets.offeredNs[packet]!, packets.dueNs[packet]!);
  }
  return ports.map((port) => talks.get(port)!.roundTrips);
}

/** Of one client with the server. */
class Talk {
  roundTrips = 0;
  /** The longest chain of which the last packet has come, at the end of either direction. */
  readonly #heard: Record<Direction, number> = { up: 0, down: 0 };
  #onTheWay: { readonly direction: Direction; readonly dueNs: number; readonly trips: number }[] = [];

  add(direction: Direction, offeredNs: number, dueNs: number): void {
    this.#hearUntil(offeredNs);
    const trips = direction === 'up' ? this.#heard.down + 1 : this.#heard.up;
    this.#onTheWay.push({ direction, dueNs, trips });
    if (direction === 'down') this.roundTrips = Math.max(this.roundTrips, trips);
  }

  #hearUntil(nowNs: number): void {
    for (const { direction, dueNs, trips } of this.#onTheWay) {
      if (dueNs <= nowNs) this.#heard[direction] = Math.max(this.#heard[direction], trips);
    }
    this.#onTheWay = this.#onTheWay.filter(({ dueNs }) => dueNs > nowNs);
  }
}
