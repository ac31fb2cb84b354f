// Decides which user receives what. One router may stand behind several listeners: it never asks which transport a
// user is on.
import { Announcer } from './announcer.ts';
import { Directory } from './directory.ts';
import { encodeBye } from './server-frame.ts';
import { type Hall, type RouterObserver, Session } from './session.ts';
import type { Channel, ChannelEvents } from './transport.ts';

export interface RouterOptions {
  readonly maxUsers?: number;
  readonly observer?: RouterObserver;
}

export class Router {
  readonly #hall: Hall;

  constructor(options: RouterOptions = {}) {
    this.#hall = {
      directory: new Directory(options.maxUsers ?? Number.POSITIVE_INFINITY),
      announcer: new Announcer(),
      observer: options.observer ?? {},
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
