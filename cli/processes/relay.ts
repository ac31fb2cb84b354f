// The relay of a run, in a process of its own.
import { relayProcess } from '../../src/bench/rig/relay-process.ts';
import { expose } from '../../src/rpc.ts';

expose(relayProcess());
