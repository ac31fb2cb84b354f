// Links known by name, each with where its numbers are from. A round-trip time from a source is split evenly between
// the directions. A preset that names no queue has none here: its buffer has no end unless a profile adds one.

import type { DirectionProfile, LinkProfile } from './profile.ts';

export interface NamedProfile {
  profile: LinkProfile;
  source: string;
}

export const NAMED_PROFILES: Readonly<Record<string, NamedProfile>> = {
  clean: {
    profile: both({}),
    source: 'Nothing is impaired: what remains is the cost of the machine itself.',
  },
  lan: {
    profile: both({ rate: { rateBitsPerSecond: 1e9 }, delay: { delayMs: 0.1 } }),
    source: 'The rate is that of gigabit Ethernet (IEEE 802.3ab); the delay is our round figure.',
  },
  wifi: access(30e6, 15e6, 2, 'Firefox DevTools, network throttling, "Wi-Fi": 30/15 Mbit/s, 2 ms.'),
  fibre: access(20e6, 5e6, 4, 'WebPageTest connectivity profile "FIOS": 20/5 Mbit/s, 4 ms round trip.'),
  cable: access(5e6, 1e6, 28, 'WebPageTest connectivity profile "Cable": 5/1 Mbit/s, 28 ms round trip.'),
  dsl: access(1.5e6, 384e3, 50, 'WebPageTest connectivity profile "DSL": 1.5 Mbit/s / 384 kbit/s, 50 ms round trip.'),
  lte: access(12e6, 12e6, 70, 'WebPageTest connectivity profile "LTE": 12 Mbit/s, 70 ms round trip.'),
  '4g': access(9e6, 9e6, 170, 'WebPageTest connectivity profile "4G": 9 Mbit/s, 170 ms round trip.'),
  '3g': access(1.6e6, 768e3, 300, 'WebPageTest connectivity profile "3G": 1.6 Mbit/s / 768 kbit/s, 300 ms round trip.'),
  edge: access(240e3, 200e3, 840, 'WebPageTest connectivity profile "Edge": 240/200 kbit/s, 840 ms round trip.'),
  satellite: {
    profile: both({ delay: { delayMs: 279 } }),
    source: 'RFC 2488 section 2: 279.0 ms over a geostationary satellite from the edge of its view. Propagation alone.',
  },
  transatlantic: {
    profile: both({ delay: { delayMs: 45 } }),
    source: "Verizon's service level for its backbone, New York to London: 90 ms round trip or less, monthly mean.",
  },
  bufferbloat: {
    profile: {
      up: { rate: { rateBitsPerSecond: 1e6 }, queue: { limitBytes: 256e3 }, delay: { delayMs: 14 } },
      down: { rate: { rateBitsPerSecond: 5e6 }, queue: { limitBytes: 256e3 }, delay: { delayMs: 14 } },
    },
    source: 'Our buffers of 256 kB on the rates and delay of "cable": full, they stand for 2 s up and 0.4 s down.',
  },
  lossy: {
    profile: both({ delay: { delayMs: 20 }, loss: { kind: 'random', probability: 0.02 } }),
    source: 'Round figures for teaching, no network in particular: twenty times the loss ITU-T Y.1541 allows class 0.',
  },
  bursty: {
    profile: both({
      delay: { delayMs: 20 },
      loss: { kind: 'gilbert-elliott', p: 0.002, r: 0.098, lossInBad: 1, lossInGood: 0 },
    }),
    source: 'The mean loss of "lossy", 2 %, but in bursts of about ten steps: to see what a mean does not tell.',
  },
};

function both(direction: DirectionProfile): LinkProfile {
  return { up: direction, down: direction };
}

function access(downBitsPerSecond: number, upBitsPerSecond: number, roundTripMs: number, source: string): NamedProfile {
  const delay = { delayMs: roundTripMs / 2 };
  const up = { rate: { rateBitsPerSecond: upBitsPerSecond }, delay };
  return { profile: { up, down: { rate: { rateBitsPerSecond: downBitsPerSecond }, delay } }, source };
}
