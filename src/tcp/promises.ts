// What TCP promises, whatever the network does (RFC 9293, section 2.2).
import { MAX_FRAME_BYTES } from '../core/limits.ts';
import type { Promises } from '../core/transport.ts';

export const TCP = 'tcp';

export const TCP_PROMISES: Promises = {
  connection: true,
  reliable: true,
  ordered: true,
  maxFrameBytes: MAX_FRAME_BYTES,
};
