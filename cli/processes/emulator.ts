// The packet emulator, in a process and a network namespace of its own.
import { emulatorProcess } from '../../src/link/tun/emulator-process.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { expose } from '../../src/rpc.ts';

expose(emulatorProcess(monotonicNs));
