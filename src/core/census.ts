// How many users each network has here, so that nobody takes all places or all names by himself.
import { networkOf } from './network-of.ts';

export class Census {
  readonly limit: number;
  readonly #users = new Map<string, number>();

  constructor(limit: number) {
    this.limit = limit;
  }

  /** @param remote an address and a port */
  hasRoomFor(remote: string): boolean {
    return this.limit === Number.POSITIVE_INFINITY || this.#usersOf(networkOf(remote)) < this.limit;
  }

  add(remote: string): void {
    this.#change(remote, 1);
  }

  remove(remote: string): void {
    this.#change(remote, -1);
  }

  #change(remote: string, by: 1 | -1): void {
    if (this.limit === Number.POSITIVE_INFINITY) return;
    const network = networkOf(remote);
    const users = this.#usersOf(network) + by;
    if (users > 0) this.#users.set(network, users);
    else this.#users.delete(network);
  }

  #usersOf(network: string): number {
    return this.#users.get(network) ?? 0;
  }
}
