// Sends numbered datagrams at an even pace, each with the instant at which it left.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicNs } from '../../../src/monotonic.ts';
import { expose } from '../../../src/rpc.ts';
import { type SendOrder, writeStamp } from '../stream.ts';

expose({
  /** Answers how many were sent when the last one is. */
  async send({ host, port, count, perSecond, payloadBytes }: SendOrder): Promise<number> {
    const socket = createSocket('udp4');
    socket.connect(port, host);
    await once(socket, 'connect');
    const bytes = Buffer.alloc(payloadBytes);
    const startNs = monotonicNs();
    for (let number = 0; number < count; ) {
      const due = Math.min(count, Math.ceil(((monotonicNs() - startNs) / 1e9) * perSecond));
      // Whoever falls behind does not catch up at once: a burst overflows a buffer, and the pace is no figure here.
      for (const end = Math.min(due, number + MOST_AT_ONCE); number < end; number++) {
        writeStamp(bytes, number, monotonicNs());
        socket.send(bytes);
      }
      await sleep(1);
    }
    await new Promise<void>((resolve) => socket.close(resolve));
    return count;
  },
});

const MOST_AT_ONCE = 60;
