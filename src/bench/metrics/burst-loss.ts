// Bursts and gaps (RFC 3611): a burst is the longest sequence that starts and ends with a loss and holds no run of Gmin or
// more received; all else is gap, and so is a loss that has Gmin received on either side. Flow by flow, in the order of
// sending; before and behind a flow all counts as received.
//
//     ████░██████████████████░███░████░░████████████████████     ░ lost
//     └─────────gap─────────┘└──burst──┘└───────gap────────┘
import type { FlowObservation } from '../record/observation.ts';
import type { Metric } from './metric.ts';

const SOURCE = 'RFC 3611, section 4.7.2; Gmin = 16';

export const BURST_LOSS = {
  'burst-share': {
    title: 'losses in bursts',
    unit: 'share',
    formula: 'losses within bursts / all losses',
    source: SOURCE,
    reading: '0: every loss stands alone, and can be concealed. 1: all come together.',
    better: 'less',
    sample: ({ flows }) => {
      const { burstLost, gapLost } = burstLoss(flows);
      return { kind: 'ratio', part: burstLost, whole: burstLost + gapLost };
    },
  },
  'burst-density': {
    title: 'burst density',
    unit: 'share',
    formula: 'losses within bursts / messages sent within bursts',
    source: SOURCE,
    reading: 'How bad it is while it is bad. Always above 1 / Gmin, which is 6.3 %: what is rarer is gap.',
    better: 'less',
    sample: ({ flows }) => {
      const { burstLost, burstMessages } = burstLoss(flows);
      return { kind: 'ratio', part: burstLost, whole: burstMessages };
    },
  },
  'burst-length-mean': {
    title: 'burst length mean',
    unit: 'messages',
    formula: 'messages sent within bursts / number of bursts',
    source: `${SOURCE}; there as a duration`,
    reading: "From the first loss of a burst to its last. Times the distance of a flow's messages it is the duration.",
    better: 'less',
    sample: ({ flows }) => {
      const { burstMessages, bursts } = burstLoss(flows);
      return { kind: 'ratio', part: burstMessages, whole: bursts };
    },
  },
  'gap-density': {
    title: 'gap density',
    unit: 'share',
    formula: 'losses outside bursts / messages sent outside bursts',
    source: SOURCE,
    reading: 'The loss of good times. About 1 / (Gmin + 1) at most, which is 5.9 %.',
    better: 'less',
    sample: ({ flows }) => {
      const { gapLost, gapMessages } = burstLoss(flows);
      return { kind: 'ratio', part: gapLost, whole: gapMessages };
    },
  },
} as const satisfies Record<string, Metric>;

const GMIN = 16;

export interface BurstLoss {
  readonly bursts: number;
  readonly burstMessages: number;
  readonly burstLost: number;
  readonly gapMessages: number;
  readonly gapLost: number;
}

/** @param gmin received messages in a row that end a burst */
export function burstLoss(flows: readonly Pick<FlowObservation, 'lost'>[], gmin = GMIN): BurstLoss {
  let [bursts, burstMessages, burstLost, messages, allLost] = [0, 0, 0, 0, 0];
  for (const { lost } of flows) {
    messages += lost.length;
    let [first, last, losses] = [0, Number.NEGATIVE_INFINITY, 0];
    const end = () => {
      allLost += losses;
      if (losses < 2) return;
      bursts++;
      burstMessages += last - first + 1;
      burstLost += losses;
    };
    for (let number = 0; number < lost.length; number++) {
      if (lost[number] === 0) continue;
      if (number - last > gmin) {
        end();
        [first, losses] = [number, 0];
      }
      losses++;
      last = number;
    }
    end();
  }
  return {
    bursts,
    burstMessages,
    burstLost,
    gapMessages: messages - burstMessages,
    gapLost: allLost - burstLost,
  };
}
