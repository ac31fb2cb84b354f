// What UDP promises, whatever the network does (RFC 768): a datagram that arrives is whole. Nothing else.
import { MAX_FRAME_BYTES } from '../core/limits.ts';
import type { Promises } from '../core/transport.ts';

export const UDP = 'udp';

export const UDP_PROMISES: Promises = {
  connection: false,
  reliable: false,
  ordered: false,
  maxFrameBytes: MAX_FRAME_BYTES,
};
