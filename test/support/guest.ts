// A client of a router that speaks in frames: what it says arrives at once, what it hears is read when it looks.
import { Arena } from '../../src/core/arena.ts';
import { encodeJoin, sendEnvelope } from '../../src/core/client-frame.ts';
import { encodeLetter } from '../../src/core/letter.ts';
import type { Router } from '../../src/core/router.ts';
import { parseServerFrame, type ServerFrame } from '../../src/core/server-frame.ts';
import { FakeChannel, RELIABLE } from './fake-channel.ts';
import { joined } from './hex.ts';

export class Guest {
  readonly channel: FakeChannel;
  #nowNs = 0;

  /** Connected, and not yet joined. */
  constructor(router: Router, promises = RELIABLE, remote?: string) {
    this.channel = new FakeChannel(promises, remote);
    this.channel.events = router.accept(this.channel);
  }

  /** When what it says from now on arrives. */
  at(nowNs: number): this {
    this.#nowNs = nowNs;
    return this;
  }

  say(frame: Uint8Array): this {
    this.channel.events?.frame(frame, this.#nowNs);
    return this;
  }

  /** Joins, and takes what was heard of it as read. */
  join(name = '', wantsPresence = false): this {
    this.say(encodeJoin(name, wantsPresence)).heard();
    return this;
  }

  write(to: string, sequence: number, body = 'oi'): this {
    return this.say(message(to, sequence, body));
  }

  /** The frames since the last look. */
  heard(): ServerFrame[] {
    return this.channel.taken.splice(0).map(parseServerFrame);
  }
}

export function message(to: string, sequence: number, body = 'oi', subject = ''): Uint8Array {
  const letter = encodeLetter({ sequence, wantsReceipt: false, subject, body }, new Arena());
  return joined(sendEnvelope(to), letter);
}
