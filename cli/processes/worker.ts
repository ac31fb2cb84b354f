// A worker of a run: simulated users in a process of their own.

import { worker } from '../../src/bench/worker.ts';
import { connect } from '../../src/connect.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { expose } from '../../src/rpc.ts';

expose(worker((server, onEvent) => connect({ ...server, onEvent }), monotonicNs));
