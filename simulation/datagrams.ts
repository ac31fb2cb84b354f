// UDP as two processes see it: datagrams across the lab's own model of a link, which loses, doubles and reorders them.
import { Arena } from '../src/core/arena.ts';
import type { Chance } from '../src/link/chance.ts';
import type { Direction } from '../src/link/impairment.ts';
import { type LinkModel, linkModel } from '../src/link/model.ts';
import type { LinkProfile } from '../src/link/profile.ts';
import type { World } from './world.ts';

/** Of the copies that are on their way. */
const arena = new Arena();

export class DatagramNetwork {
  readonly #world: World;
  readonly #models: Readonly<Record<Direction, LinkModel>>;
  /** Nothing passes, either way. */
  isCut = false;

  constructor(world: World, profile: LinkProfile, chance: Chance) {
    this.#world = world;
    this.#models = { up: linkModel(profile.up, 'up', chance), down: linkModel(profile.down, 'down', chance) };
  }

  /** @param lost called where the network does not deliver it */
  send(direction: Direction, datagram: Uint8Array, lost: () => void, deliver: (bytes: Uint8Array) => void): void {
    // Who sends may use his bytes again, and who receives may keep what he is given.
    const bytes = arena.copyOf(datagram);
    const { nowNs } = this.#world;
    const { dropped, dueNs, copies } = this.#models[direction].offer({ sizeBytes: bytes.length, offeredNs: nowNs });
    if (this.isCut || dropped !== undefined) return lost();
    this.#world.at(dueNs, () => deliver(bytes));
    for (let copy = 1; copy < copies; copy++) this.#world.at(dueNs, () => deliver(arena.copyOf(bytes)));
  }
}
