// Some events can be caused by anybody, as fast as he likes: of those, a few a second are told one by one, and of the rest how many
// there were. So nobody fills a disk or hides in noise.
import type { ServerEvent } from './run-server.ts';

const CAUSED_BY_ANYBODY: ReadonlySet<ServerEvent['event']> = new Set(['stray', 'refused']);
const TOLD_PER_SECOND = 10;

export class Digest {
  readonly #write: (event: ServerEvent) => void;
  readonly #told = new Map<ServerEvent['event'], number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(write: (event: ServerEvent) => void) {
    this.#write = write;
  }

  tell(event: ServerEvent): void {
    if (!CAUSED_BY_ANYBODY.has(event.event)) return this.#write(event);
    const told = (this.#told.get(event.event) ?? 0) + 1;
    this.#told.set(event.event, told);
    this.#timer ??= setTimeout(() => this.end(), 1000);
    if (told <= TOLD_PER_SECOND) this.#write(event);
  }

  /** Tells what was left out so far. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const told = [...this.#told];
    this.#told.clear();
    for (const [of, count] of told) {
      if (count > TOLD_PER_SECOND) this.#write({ event: 'untold', of, count: count - TOLD_PER_SECOND });
    }
  }
}
