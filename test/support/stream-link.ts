// A bad network for byte streams, made of loopback connections: it can't lose or reorder bytes, as no network can above
// TCP, so it splits, delays and joins them.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { seeded } from './seeded.ts';
import type { Address, Direction, Faults, TestLink } from './test-link.ts';

export async function openStreamLink(server: Address, faults?: Faults): Promise<TestLink> {
  const sides: Record<Direction, Side> = { up: new Side(), down: new Side() };
  const sockets = new Set<Socket>();
  const front = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ ...server, allowHalfOpen: true, noDelay: true });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
    const seed = faults && faults.seed + sockets.size;
    sides.up.lanes.add(new Lane(sides.up, near, far, seed));
    sides.down.lanes.add(new Lane(sides.down, far, near, seed && seed + 1));
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  return {
    host: '127.0.0.1',
    port: (front.address() as AddressInfo).port,
    passed: (direction) => sides[direction].passed,
    cut: (direction) => sides[direction].cut(true),
    mend: (direction) => sides[direction].cut(false),
    get isIdle() {
      return [...sides.up.lanes, ...sides.down.lanes].every((lane) => lane.isIdle);
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      front.close();
      await once(front, 'close');
    },
  };
}

/** What all connections have in common in one direction. */
class Side {
  isCut = false;
  passed = 0;
  readonly lanes = new Set<Lane>();

  cut(isCut: boolean): void {
    this.isCut = isCut;
    for (const lane of this.lanes) lane.step();
  }
}

/** How much a lane takes in before it lets its sender wait. */
const HIGH_WATER_BYTES = 256 * 1024;

class Lane {
  readonly #side: Side;
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #roll: (() => number) | undefined;
  #waiting = Buffer.alloc(0);
  #hasEnded = false;
  #isBusy = false;

  constructor(side: Side, from: Socket, to: Socket, seed: number | undefined) {
    this.#side = side;
    this.#from = from;
    this.#to = to;
    this.#roll = seed === undefined ? undefined : seeded(seed);
    from.on('data', (bytes: Buffer) => {
      this.#waiting = Buffer.concat([this.#waiting, bytes]);
      this.step();
    });
    from.on('end', () => {
      this.#hasEnded = true;
      this.step();
    });
    from.on('error', () => to.resetAndDestroy());
    from.on('close', () => side.lanes.delete(this));
  }

  get isIdle(): boolean {
    return this.#waiting.length === 0;
  }

  /** Sends one piece on, if that is possible now, and comes back for the next. */
  step(): void {
    if (this.#side.isCut || this.#waiting.length > HIGH_WATER_BYTES) this.#from.pause();
    else this.#from.resume();
    if (this.#side.isCut || this.#isBusy) return;
    if (this.#waiting.length > 0) this.#pass();
    else if (this.#hasEnded) this.#to.end();
  }

  #pass(): void {
    const piece = this.#waiting.subarray(0, this.#pieceBytes());
    this.#waiting = this.#waiting.subarray(piece.length);
    this.#side.passed++;
    this.#isBusy = true;
    const next = () => {
      this.#isBusy = false;
      this.step();
    };
    const isDelayed = this.#roll !== undefined && this.#roll() < 0.2;
    this.#to.write(piece, () => (isDelayed ? setTimeout(next, 1) : setImmediate(next)));
  }

  /** Often a few bytes, sometimes several frames at once. */
  #pieceBytes(): number {
    if (this.#roll === undefined) return this.#waiting.length;
    const kind = this.#roll();
    const mostBytes = kind < 0.5 ? 8 : kind < 0.9 ? 2_000 : 64_000;
    return 1 + Math.floor(this.#roll() * mostBytes);
  }
}
