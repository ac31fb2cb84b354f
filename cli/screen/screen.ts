// A screen of the lab: the whole terminal, drawn anew when something has changed and no more often than an eye can follow,
// and given back when it ends, whoever ends it.
import { type Instance, render } from 'ink';
import type { ReactNode } from 'react';
import { type Key, KeyReader } from './keys.ts';
import { takeTerminal } from './terminal.ts';

const DRAW_MS = 40;

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

export interface ScreenEvents {
  draw(size: ScreenSize): ReactNode;
  pressed(key: Key): void;
  /** A signal asks for the end. */
  stopped(): void;
}

export class Screen {
  readonly #events: ScreenEvents;
  readonly #terminal = takeTerminal({
    data: (chunk) => this.#read(chunk),
    resized: () => this.#drawAnewSoon(),
    stopped: () => this.#events.stopped(),
  });
  readonly #keys = new KeyReader();
  #instance: Instance | undefined;
  #willDraw: NodeJS.Timeout | undefined;
  #willDrawAnew: NodeJS.Timeout | undefined;
  #hasEnded = false;

  constructor(events: ScreenEvents) {
    this.#events = events;
    this.draw();
  }

  get size(): ScreenSize {
    const { columns, rows } = this.#terminal;
    return { columns, rows };
  }

  /** Soon. */
  draw(): void {
    if (this.#hasEnded || this.#willDraw !== undefined) return;
    this.#willDraw = setTimeout(() => {
      this.#willDraw = undefined;
      if (this.#hasEnded) return;
      if (this.#instance === undefined) this.#instance = this.#render();
      else this.#instance.rerender(this.#events.draw(this.size));
    }, DRAW_MS);
  }

  end(): void {
    this.#hasEnded = true;
    clearTimeout(this.#willDraw);
    clearTimeout(this.#willDrawAnew);
    this.#instance?.unmount();
    this.#terminal.giveBack();
  }

  #read(chunk: string): void {
    for (const key of this.#keys.read(chunk)) if (!this.#hasEnded) this.#events.pressed(key);
    this.draw();
  }

  /** A window that is being drawn larger has many sizes in a moment, and the library draws for each of them first. */
  #drawAnewSoon(): void {
    clearTimeout(this.#willDrawAnew);
    this.#willDrawAnew = setTimeout(() => this.#drawAnew(), DRAW_MS);
  }

  /** What stood there was laid out for another size. */
  #drawAnew(): void {
    if (this.#hasEnded) return;
    this.#instance?.unmount();
    this.#terminal.clear();
    this.#instance = this.#render();
  }

  #render(): Instance {
    return render(this.#events.draw(this.size), { exitOnCtrlC: false, patchConsole: false });
  }
}
