// A bad network for datagrams, made of loopback sockets: one towards the clients, and one per client towards the server.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { seeded } from './seeded.ts';
import type { Address, Direction, Faults, TestLink } from './test-link.ts';

export async function openDatagramLink(server: Address, faults: Faults = NO_FAULTS): Promise<TestLink> {
  const front = createSocket('udp4').bind(0, '127.0.0.1');
  await once(front, 'listening');
  const flows = new Map<string, Flow>();
  const up = new Side();
  const down = new Side();
  front.on('message', (bytes, client) => {
    const key = `${client.address}:${client.port}`;
    const flow = flows.get(key) ?? openFlow(front, client, server, { up, down }, seededFor(faults, flows.size));
    flows.set(key, flow);
    flow.up.offer(bytes);
  });
  const sides = { up, down };
  return {
    host: '127.0.0.1',
    port: front.address().port,
    passed: (direction) => sides[direction].passed,
    cut: (direction) => {
      sides[direction].isCut = true;
    },
    mend: (direction) => {
      sides[direction].isCut = false;
    },
    get isIdle() {
      return up.held + down.held === 0;
    },
    close: async () => {
      for (const flow of flows.values()) flow.back.close();
      await front[Symbol.asyncDispose]();
    },
  };
}

const NO_FAULTS: Faults = { seed: 0, loss: 0, duplicate: 0, reorder: 0 };

/** Each flow rolls its own dice, so that its fate does not depend on who else is there. */
function seededFor(faults: Faults, flow: number): Faults {
  return { ...faults, seed: faults.seed + 2 * flow };
}

/** What all flows of one direction have in common. */
class Side {
  isCut = false;
  passed = 0;
  held = 0;
}

interface Flow {
  readonly back: Socket;
  readonly up: Lane;
}

function openFlow(
  front: Socket,
  client: { address: string; port: number },
  server: Address,
  sides: Record<Direction, Side>,
  faults: Faults,
): Flow {
  const back = createSocket('udp4');
  const up = new Lane(sides.up, faults, (bytes) => back.send(bytes, server.port, server.host));
  const down = new Lane(sides.down, { ...faults, seed: faults.seed + 1 }, (bytes) =>
    front.send(bytes, client.port, client.address),
  );
  back.on('message', (bytes) => down.offer(bytes));
  return { back, up };
}

/** How long a datagram is held back where none comes that could overtake it. */
const LONGEST_HOLD_MS = 5;

class Lane {
  readonly #side: Side;
  readonly #faults: Faults;
  readonly #out: (bytes: Uint8Array) => void;
  readonly #roll: () => number;
  #held: Uint8Array | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(side: Side, faults: Faults, out: (bytes: Uint8Array) => void) {
    this.#side = side;
    this.#faults = faults;
    this.#out = out;
    this.#roll = seeded(faults.seed);
  }

  offer(bytes: Uint8Array): void {
    const { loss, duplicate, reorder } = this.#faults;
    const [isLost, isDoubled, isLate] = [this.#roll() < loss, this.#roll() < duplicate, this.#roll() < reorder];
    if (isLost) return;
    if (isLate && this.#held === undefined) return this.#hold(bytes);
    this.#pass(bytes);
    if (isDoubled) this.#pass(bytes);
    this.#release();
  }

  #hold(bytes: Uint8Array): void {
    this.#held = bytes;
    this.#side.held++;
    this.#timer = setTimeout(() => this.#release(), LONGEST_HOLD_MS);
  }

  #release(): void {
    if (this.#held === undefined) return;
    clearTimeout(this.#timer);
    this.#pass(this.#held);
    this.#held = undefined;
    this.#side.held--;
  }

  #pass(bytes: Uint8Array): void {
    if (this.#side.isCut) return;
    this.#side.passed++;
    this.#out(bytes);
  }
}
