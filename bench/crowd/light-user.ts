// One of many users: his own socket and port, the real protocol, and as little else as can be. What a whole client keeps for each
// user (an arena, a sweeper, maps of names), a crowd has once.
import { Arena } from '../../src/core/arena.ts';
import { encodeJoin, sendEnvelope } from '../../src/core/client-frame.ts';
import { encodeLetter } from '../../src/core/letter.ts';
import { parseServerFrame, type ServerFrame } from '../../src/core/server-frame.ts';

export interface UserEvents {
  joined(user: LightUser, atNs: number): void;
  heard(user: LightUser, frame: ServerFrame, atNs: number): void;
  /** Once, whoever ended it and whether he had joined or not. */
  ended(user: LightUser): void;
}

export interface Address {
  readonly host: string;
  readonly port: number;
  /** This machine's own, that users come from; the system's choice unless given. */
  readonly from?: string;
}

const arena = new Arena();
const NOTHING = new Uint8Array(0);

export abstract class LightUser {
  name = '';
  state: 'joining' | 'here' | 'gone' = 'joining';
  /** Whether anything was sent since the crowd last looked. */
  spoke = false;
  abstract readonly transport: 'tcp' | 'udp';
  abstract readonly localPort: number;
  readonly wantsPresence: boolean;
  readonly #events: UserEvents;
  #sequence = 0;

  constructor(events: UserEvents, wantsPresence: boolean) {
    this.#events = events;
    this.wantsPresence = wantsPresence;
  }

  /** Writes one message; answers its number. */
  write(to: string, body: Uint8Array): number {
    const letter = { sequence: ++this.#sequence, wantsReceipt: false, subject: '', body };
    this.send(sendEnvelope(to), encodeLetter(letter, arena));
    return this.#sequence;
  }

  send(head: Uint8Array, tail: Uint8Array = NOTHING): void {
    if (this.state !== 'here') return;
    this.spoke = true;
    this.transmit(head, tail);
  }

  keepAlive(): void {
    if (!this.spoke) this.send(NOTHING);
    this.spoke = false;
  }

  /** Goes, and says so. */
  abstract leave(): void;
  /** Goes without a word, as far as the system lets him: over TCP it resets the connection. */
  abstract vanish(): void;
  /** Reads nothing more; what comes fills the buffers between. He goes on saying that he is there. */
  abstract stopReading(): void;
  protected abstract transmit(head: Uint8Array, tail: Uint8Array): void;

  protected opening(): Uint8Array {
    return encodeJoin('', this.wantsPresence);
  }

  protected hear(bytes: Uint8Array, atNs: number): void {
    if (bytes.length === 0) return;
    const frame = parseServerFrame(bytes);
    if (frame.kind === 'welcome') {
      this.name = frame.name;
      this.state = 'here';
      this.#events.joined(this, atNs);
    } else this.#events.heard(this, frame, atNs);
  }

  protected end(): void {
    if (this.state === 'gone') return;
    this.state = 'gone';
    this.#events.ended(this);
  }
}
