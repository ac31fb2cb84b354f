// News of who came and who left, for those who asked to hear it. A listener too slow to take news leaves over it, which
// is news again: that waits its turn, so that any number may fall away at once and all hear everything in one order.

export interface Listener {
  hear(frame: Uint8Array): void;
}

interface News {
  readonly frame: Uint8Array;
  readonly about: Listener;
  readonly concerned: ReadonlySet<Listener>;
}

const NOBODY: ReadonlySet<Listener> = new Set();

export class Announcer {
  readonly #watchers = new Set<Listener>();
  #pending: News[] = [];
  #isTelling = false;
  #isSilent = false;

  watch(listener: Listener): void {
    this.#watchers.add(listener);
  }

  unwatch(listener: Listener): void {
    this.#watchers.delete(listener);
  }

  /** @param concerned who hears it too, watching or not */
  announce(frame: Uint8Array, about: Listener, concerned = NOBODY): void {
    if (this.#isSilent) return;
    this.#pending.push({ frame, about, concerned });
    if (!this.#isTelling) this.#tellAll();
  }

  /** Tells nothing more to anybody: everybody is about to leave. */
  silence(): void {
    this.#isSilent = true;
  }

  #tellAll(): void {
    this.#isTelling = true;
    try {
      // Grows while it is told.
      for (const news of this.#pending) this.#tell(news);
    } finally {
      this.#pending = [];
      this.#isTelling = false;
    }
  }

  #tell({ frame, about, concerned }: News): void {
    for (const listener of this.#watchers) if (listener !== about) listener.hear(frame);
    for (const listener of concerned) {
      if (listener !== about && !this.#watchers.has(listener)) listener.hear(frame);
    }
  }
}
