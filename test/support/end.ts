// One end of a channel under test: keeps everything it is told, in the order in which it was told.
import { onTestFinished } from 'vitest';
import type { Channel, ChannelEvents, CloseCause } from '../../src/core/transport.ts';

export type Listen = (bytes: Uint8Array, end: End) => void;

export class End implements ChannelEvents {
  readonly channel: Channel;
  readonly frames: Uint8Array[] = [];
  readonly arrivedAtNs: number[] = [];
  readonly causes: CloseCause[] = [];
  drainedCount = 0;
  /** Called with every frame. */
  onFrame: Listen;
  onClosed: () => void = () => {};

  constructor(channel: Channel, onFrame: Listen = () => {}) {
    this.channel = channel;
    this.onFrame = onFrame;
    onTestFinished(() => channel.abort());
  }

  get texts(): string[] {
    return this.frames.map((bytes) => Buffer.from(bytes).toString());
  }

  get isClosed(): boolean {
    return this.causes.length > 0;
  }

  frame(bytes: Uint8Array, arrivedAtNs: number): void {
    this.frames.push(bytes);
    this.arrivedAtNs.push(arrivedAtNs);
    this.onFrame(bytes, this);
  }

  drained(): void {
    this.drainedCount++;
  }

  closed(cause: CloseCause): void {
    this.causes.push(cause);
    this.onClosed();
  }

  /** Forgets what came so far. */
  forget(): void {
    this.frames.length = 0;
    this.arrivedAtNs.length = 0;
  }
}

export function text(words: string): Uint8Array {
  return Buffer.from(words);
}
