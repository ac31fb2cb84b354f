// Decides which user receives what. One router may stand behind several listeners: it never asks which transport a
// user is on.
import { Announcer } from './announcer.ts';
import { Census } from './census.ts';
import { Directory } from './directory.ts';
import type { Gate } from './gate.ts';
import { encodeBye } from './server-frame.ts';
import { type Hall, type RouterObserver, Session } from './session.ts';
import type { Rate } from './token-bucket.ts';
import type { Channel, ChannelEvents } from './transport.ts';

export interface RouterOptions {
  readonly maxUsers?: number | undefined;
  /** From one address, or one IPv6 network of 64 bits. */
  readonly maxUsersPerNetwork?: number | undefined;
  /** What each user may ask for, in deliveries of up to a KiB. */
  readonly rate?: Rate | undefined;
  /** Where a secret is shared: who may join. */
  readonly gate?: Gate | undefined;
  readonly observer?: RouterObserver;
}

const NO_LIMIT = Number.POSITIVE_INFINITY;

export class Router {
  readonly #hall: Hall;

  constructor(options: RouterOptions = {}) {
    const { maxUsers = NO_LIMIT, maxUsersPerNetwork = NO_LIMIT, observer = {}, gate, rate } = options;
    this.#hall = {
      directory: new Directory(maxUsers),
      census: new Census({ maxUsers, maxUsersPerNetwork }),
      announcer: new Announcer(),
      observer,
      gate,
      rate,
    };
  }

  /** Gives a new channel the session that listens to it. */
  accept(channel: Channel): ChannelEvents {
    return new Session(this.#hall, channel);
  }

  get userCount(): number {
    return this.#hall.directory.size;
  }

  /** Sends every user home and tells them why. */
  shutDown(why: string): void {
    this.#hall.announcer.silence();
    for (const session of [...this.#hall.directory.users()]) session.dismiss(encodeBye('shutdown', why), 'left');
  }
}
