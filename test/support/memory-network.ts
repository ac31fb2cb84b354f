// A server and its clients in one process, joined by channels whose frames wait until the test lets them go: in order,
// or as it likes.
import { Client, type ClientEvent, type ClientOptions } from '../../src/core/client.ts';
import type { Router } from '../../src/core/router.ts';
import { FakeChannel, RELIABLE } from './fake-channel.ts';

export class MemoryNetwork {
  readonly #router: Router;
  readonly #wires: { readonly from: FakeChannel; readonly to: FakeChannel }[] = [];
  nowNs = 0;

  constructor(router: Router) {
    this.#router = router;
  }

  /** A client whose first frame is under way. */
  connect(options: Omit<ClientOptions, 'onEvent'> = {}, promises = RELIABLE) {
    const events: ClientEvent[] = [];
    const client = new Client({ ...options, onEvent: (event) => events.push(event) });
    const near = new FakeChannel(promises);
    const far = new FakeChannel(promises);
    near.events = client.attach(near);
    far.events = this.#router.accept(far);
    near.send(client.opening());
    this.#wires.push({ from: near, to: far }, { from: far, to: near });
    return { client, near, far, events };
  }

  /** Delivers until nothing is under way. `shuffle` decides what arrives of what waits at one end, and in which order. */
  settle(shuffle: (frames: Uint8Array[]) => Uint8Array[] = (frames) => frames): void {
    for (let isQuiet = false; !isQuiet; ) {
      isQuiet = true;
      for (const { from, to } of this.#wires) {
        const frames = from.taken.splice(0);
        if (frames.length > 0) isQuiet = false;
        for (const frame of shuffle(frames)) to.events?.frame(frame, this.nowNs);
        if (from.ended !== undefined && to.ended === undefined) to.end({ kind: 'left' });
      }
    }
  }
}
