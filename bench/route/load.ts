// The load that every candidate gets: sender→receiver pairs, each with a bounded number of messages on the way.

export const PAIRS = 8;
export const BODY_BYTES = 200;

/** Messages on the way per pair: as many as fill a pipe over TCP, few enough over UDP that no buffer overflows. */
export const WINDOW = { tcp: 256, udp: 16 } as const;

export type Wire = keyof typeof WINDOW;

export const BODY = new Uint8Array(BODY_BYTES).fill(0x61);

/** What a client process reports: messages that went all the way since the load began, and those given up as lost. */
export interface Count {
  readonly delivered: number;
  readonly lost: number;
}

/** Keeps one pair's window full. A datagram that got lost would close the window by one for good: `tick` opens it again. */
export class Window {
  delivered = 0;
  lost = 0;
  readonly #size: number;
  readonly #send: () => void;
  #deliveredAtTick = -1;

  constructor(size: number, send: () => void) {
    this.#size = size;
    this.#send = send;
  }

  fill(): void {
    for (let i = 0; i < this.#size; i++) this.#send();
  }

  arrived(messages = 1): void {
    this.delivered += messages;
    for (let i = 0; i < messages; i++) this.#send();
  }

  /** Called now and then: where nothing has come since the last call, all that was on the way is lost. */
  tick(): void {
    if (this.delivered === this.#deliveredAtTick) {
      this.lost += this.#size;
      this.fill();
    }
    this.#deliveredAtTick = this.delivered;
  }
}

export function total(windows: readonly Window[]): Count {
  return {
    delivered: windows.reduce((sum, window) => sum + window.delivered, 0),
    lost: windows.reduce((sum, window) => sum + window.lost, 0),
  };
}
