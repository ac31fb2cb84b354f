// A worker of a run: simulated users in a process of their own.

import { worker } from '../../src/bench/worker/worker.ts';
import { connect } from '../../src/connect.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { expose } from '../../src/rpc.ts';
import { knobsAsOptions } from '../knobs.ts';

expose(worker((server, knobs, onEvent) => connect({ ...server, ...knobsAsOptions(knobs), onEvent }), monotonicNs));
