// What a scenario may name: all transports and all metrics of the lab.
import { METRICS } from '../../src/bench/metrics/catalogue.ts';
import { transports } from '../../src/transports.ts';

export const VOCABULARY = { transports: [...transports.keys()], metrics: Object.keys(METRICS) };
