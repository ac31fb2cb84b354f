import type { Transport } from '../core/transport.ts';
import { connect } from './connect.ts';
import { DATA_PREFIX_BYTES } from './datagram.ts';
import { listen } from './listen.ts';
import { UDP, UDP_PROMISES } from './promises.ts';

/** The chat over the operating system's UDP, in sessions of its own. */
export const udp: Transport = { name: UDP, promises: UDP_PROMISES, framingBytes: DATA_PREFIX_BYTES, listen, connect };
