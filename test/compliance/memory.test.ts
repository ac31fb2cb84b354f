import { MAX_FRAME_BYTES } from '../../src/core/limits.ts';
import { MemoryTransport } from '../memory/memory-transport.ts';
import { describeTransport } from './describe-transport.ts';

const carries = { maxFrameBytes: MAX_FRAME_BYTES };

const kinds = [
  new MemoryTransport('memory like TCP', { ...carries, connection: true, reliable: true, ordered: true }),
  new MemoryTransport('memory like UDP', { ...carries, connection: false, reliable: false, ordered: false }),
  new MemoryTransport('memory without order', { ...carries, connection: true, reliable: true, ordered: false }),
  new MemoryTransport('memory without delivery', { ...carries, connection: false, reliable: false, ordered: true }),
];

for (const transport of kinds) describeTransport({ transport, openLink: transport.openLink });
