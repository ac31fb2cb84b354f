// Many users in one process. One timer serves all of them: it repeats what was not answered, and says for whoever is quiet that he
// is still there, a few users at a time, as users who know nothing of one another would.
import type { ServerFrame } from '../../src/core/server-frame.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import type { Address, LightUser, UserEvents } from './light-user.ts';
import { TcpUser } from './tcp-user.ts';
import { UdpUser } from './udp-user.ts';

export type Wire = 'tcp' | 'udp';

const TICK_MS = 10;
/** Each user's turn comes every 2.5 s: one who fell silent right after it has said so within the 5 s that are agreed upon. */
const TURNS = 250;

export type Hear = (user: LightUser, frame: ServerFrame, atNs: number) => void;

export class Crowd implements UserEvents {
  /** Who is being let in, and who is here. */
  readonly users = new Set<LightUser>();
  /** Told of all that comes after WELCOME. */
  hear: Hear = () => {};
  readonly #server: Address;
  readonly #joining = new Map<LightUser, (atNs: number | undefined) => void>();
  readonly #turns = Array.from({ length: TURNS }, () => new Set<LightUser>());
  readonly #timer = setInterval(() => this.#tick(), TICK_MS);
  readonly #startNs = monotonicNs();
  #turnsTaken = 0;
  #seated = 0;

  constructor(server: Address) {
    this.#server = server;
  }

  /** Resolves with him and the instant at which he was let in, which is undefined if he was not. */
  join(wire: Wire, wantsPresence = false): Promise<{ user: LightUser; joinedAtNs: number | undefined }> {
    const user = new (wire === 'tcp' ? TcpUser : UdpUser)(this.#server, this, wantsPresence);
    this.users.add(user);
    return new Promise((resolve) => this.#joining.set(user, (joinedAtNs) => resolve({ user, joinedAtNs })));
  }

  joined(user: LightUser, atNs: number): void {
    this.#turns[this.#seated++ % TURNS]!.add(user);
    this.#settle(user, atNs);
  }

  heard(user: LightUser, frame: ServerFrame, atNs: number): void {
    this.hear(user, frame, atNs);
  }

  ended(user: LightUser): void {
    this.users.delete(user);
    for (const turn of this.#turns) if (turn.delete(user)) break;
    this.#settle(user, undefined);
  }

  /** Everybody goes, and nothing is left of the crowd. */
  disperse(): void {
    clearInterval(this.#timer);
    for (const user of [...this.users]) user.vanish();
  }

  #settle(user: LightUser, atNs: number | undefined): void {
    this.#joining.get(user)?.(atNs);
    this.#joining.delete(user);
  }

  #tick(): void {
    const nowNs = monotonicNs();
    for (const user of this.#joining.keys()) if (user instanceof UdpUser) user.step(nowNs);
    // By the clock: the timer of a crowd that has much to do comes late, and users would fall silent whom nothing ails.
    const dueTurns = Math.floor((nowNs - this.#startNs) / (TICK_MS * 1e6));
    this.#turnsTaken = Math.max(this.#turnsTaken, dueTurns - TURNS);
    while (this.#turnsTaken < dueTurns) for (const user of this.#turns[this.#turnsTaken++ % TURNS]!) user.keepAlive();
  }
}
