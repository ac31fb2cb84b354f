// A worker of a run: simulated users in a process of their own.

import { worker } from '../../src/bench/worker/worker.ts';
import { connect } from '../../src/connect.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { expose } from '../../src/rpc.ts';
import { knobsAsOptions } from '../knobs.ts';

/** Over a bad enough link joining takes many tries, and a trial is not to fail for it: a person would have given up. */
const TIMING = { connectLimitMs: 60_000 };

expose(
  worker(
    (server, knobs, onEvent) => connect({ ...server, ...knobsAsOptions(knobs), timing: TIMING, onEvent }),
    monotonicNs,
  ),
);
