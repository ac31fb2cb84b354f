// Notes every datagram that arrives: its number, when it left and when it came.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicNs } from '../../../src/monotonic.ts';
import { expose } from '../../../src/rpc.ts';
import { type Arrivals, readStamp } from '../stream.ts';

let socket: Socket | undefined;
let arrivals: Arrivals = { number: [], sentNs: [], arrivedNs: [] };

expose({
  /** Begins anew; answers the port. */
  async listen(host: string): Promise<number> {
    arrivals = { number: [], sentNs: [], arrivedNs: [] };
    socket = createSocket('udp4');
    socket.on('message', (bytes) => {
      const arrivedNs = monotonicNs();
      const { number, sentNs } = readStamp(bytes);
      arrivals.number.push(number);
      arrivals.sentNs.push(sentNs);
      arrivals.arrivedNs.push(arrivedNs);
    });
    socket.bind(0, host);
    await once(socket, 'listening');
    return socket.address().port;
  },
  /** Answers all that came, once none has come for so long. */
  async finish(quietMs: number): Promise<Arrivals> {
    for (let count = -1; count !== arrivals.number.length; ) {
      count = arrivals.number.length;
      await sleep(quietMs);
    }
    socket?.close();
    return arrivals;
  },
});
