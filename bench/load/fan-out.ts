// One writes to everybody: when the last has it, and how many have.
import { setTimeout as pause } from 'node:timers/promises';
import { Letter } from '../../src/core/letter.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import type { LightUser } from '../crowd/light-user.ts';
import { ms, type Row } from '../harness/table.ts';
import { quantile } from '../link/statistics.ts';
import { numberedBody, numberIn } from './numbered-body.ts';
import type { LoadSettings } from './settings.ts';
import { eventually, joined, onStage, type Stage } from './stage.ts';

export interface FanOutFigures {
  readonly readers: number;
  readonly rounds: readonly { readonly reached: number; readonly medianMs: number; readonly lastMs: number }[];
}

const ROUNDS = 5;
const BODY_BYTES = 64;
/** Who has not got it by then does not get it. */
const LIMIT_MS = 5000;
const REST_MS = 500;

export function measureFanOut(settings: LoadSettings): Promise<FanOutFigures> {
  const { users } = settings;
  return onStage(settings, async (stage) => {
    const [writer, ...readers] = await joined(stage, users);
    const rounds: FanOutFigures['rounds'][number][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await pause(REST_MS);
      rounds.push(await tellAll(stage, writer!, readers.length, round));
    }
    return { readers: readers.length, rounds };
  });
}

async function tellAll({ crowd }: Stage, writer: LightUser, readers: number, round: number) {
  const arrivedNs = new Map<LightUser, number>();
  crowd.hear = (user, frame, atNs) => {
    if (frame.kind !== 'deliver' || numberIn(new Letter(frame.letter).bodyBytes) !== round) return;
    if (!arrivedNs.has(user)) arrivedNs.set(user, atNs);
  };
  const sentNs = monotonicNs();
  writer.write('*', numberedBody(round, BODY_BYTES));
  await eventually(() => arrivedNs.size === readers, LIMIT_MS);
  const delaysMs = Float64Array.from(arrivedNs.values(), (atNs) => (atNs - sentNs) / 1e6).sort();
  return { reached: delaysMs.length, medianMs: quantile(delaysMs, 0.5), lastMs: quantile(delaysMs, 1) };
}

export function fanOutRows({ wire }: LoadSettings, { readers, rounds }: FanOutFigures): Row[] {
  const lasts = rounds.map(({ lastMs }) => lastMs).toSorted((a, b) => a - b);
  const medians = rounds.map(({ medianMs }) => medianMs).toSorted((a, b) => a - b);
  const fewest = Math.min(...rounds.map(({ reached }) => reached));
  return [
    {
      what: `${wire}: one writes to ${readers.toLocaleString('en')}, ${rounds.length} times`,
      measured: [
        `half have it after ${ms(quantile(medians, 0.5))}, the last after ${ms(quantile(lasts, 0.5))} (medians; at most ${ms(quantile(lasts, 1))})`,
        `${fewest.toLocaleString('en')} or more have it each time`,
      ].join('\n'),
      wanted: 'all have it',
      isReached: fewest === readers,
    },
  ];
}
