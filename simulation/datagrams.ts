// UDP as two processes see it: datagrams across the lab's own model of a link, which loses, doubles and reorders them.
import type { Chance } from '../src/link/chance.ts';
import type { Direction } from '../src/link/impairment.ts';
import { type LinkModel, linkModel } from '../src/link/model.ts';
import type { LinkProfile } from '../src/link/profile.ts';
import type { World } from './world.ts';

export class DatagramNetwork {
  readonly #world: World;
  readonly #models: Readonly<Record<Direction, LinkModel>>;
  readonly #lost: (bytes: Uint8Array) => void;
  /** Nothing passes, either way. */
  isCut = false;

  /** @param lost told of every datagram that the network does not deliver */
  constructor(world: World, profile: LinkProfile, chance: Chance, lost: (bytes: Uint8Array) => void) {
    this.#world = world;
    this.#models = { up: linkModel(profile.up, 'up', chance), down: linkModel(profile.down, 'down', chance) };
    this.#lost = lost;
  }

  send(direction: Direction, datagram: Uint8Array, deliver: (bytes: Uint8Array) => void): void {
    const bytes = Uint8Array.from(datagram);
    const { nowNs } = this.#world;
    const { dropped, dueNs, copies } = this.#models[direction].offer({ sizeBytes: bytes.length, offeredNs: nowNs });
    if (this.isCut || dropped !== undefined) return this.#lost(bytes);
    for (let copy = 0; copy < copies; copy++) {
      // Who receives may keep what he is given.
      this.#world.at(dueNs, () => deliver(Uint8Array.from(bytes)));
    }
  }
}
