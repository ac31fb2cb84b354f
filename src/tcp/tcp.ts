import type { Transport } from '../core/transport.ts';
import { connect } from './connect.ts';
import { LENGTH_BYTES } from './framing.ts';
import { listen } from './listen.ts';
import { TCP, TCP_PROMISES } from './promises.ts';

/** The chat over the operating system's TCP. */
export const tcp: Transport = { name: TCP, promises: TCP_PROMISES, framingBytes: LENGTH_BYTES, listen, connect };
