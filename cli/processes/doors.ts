// Sockets on host `server`, for a gateway.
import { handOverDoors } from '../../src/link/tun/doors-process.ts';
import { ADDRESSES } from '../../src/link/tun/hosts.ts';

await handOverDoors(ADDRESSES.server.ipv4);
