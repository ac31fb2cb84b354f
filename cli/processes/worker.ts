// A worker of a run: simulated users in a process of their own.
import { expose } from '../../src/bench/rpc.ts';
import { worker } from '../../src/bench/worker.ts';
import { connect } from '../../src/connect.ts';
import { monotonicNs } from '../../src/monotonic.ts';

expose(worker((server, onEvent) => connect({ ...server, onEvent }), monotonicNs));
