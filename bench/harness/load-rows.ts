// Loads and what is asked of each.
import type { LoadFigures, LoadSettings } from './load.ts';
import { measure } from './measure.ts';
import { mib, ms, type Row } from './table.ts';

/** A load is sustained when every planned message was sent, and none of them later than this. */
const SUSTAINED_WITHIN_MS = 100;
const TIMER_ERROR_P99_MS = 1;
const MEMORY_MIB = 64;

const SUSTAINED = [
  { transport: 'tcp', ratePerSecond: 100_000, seconds: 10, repetitions: 1 },
  { transport: 'udp', ratePerSecond: 30_000, seconds: 5, repetitions: 1 },
];
const TIMED = ['tcp', 'udp'].map((transport) => ({ transport, ratePerSecond: 10_000, seconds: 3, repetitions: 2 }));

/** So few messages that what a worker needs for them is what it needs for none. */
const FEW = { ratePerSecond: 1000, seconds: 0.5, repetitions: 1 };

export async function loadRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const load of SUSTAINED) {
    const few = await measure('load', { ...FEW, backend: 'loopback', transport: load.transport });
    const many = await measure('load', { ...load, backend: 'loopback' });
    rows.push(...sustainedRows(load, many), ...memoryRows(load, few, many));
  }
  for (const load of TIMED) rows.push(timedRow(load, await measure('load', { ...load, backend: 'loopback' })));
  return rows;
}

/** Through the packet emulator, which shares the two processors: nothing is asked of it here. */
export async function tunRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const load of TIMED) {
    const settings = { ...load, backend: 'tun', repetitions: 1 } as const;
    const figures = await measure('load', settings).catch((error: Error) => error);
    if (figures instanceof Error) return [...rows, { what: 'through the packet emulator', measured: figures.message }];
    rows.push({ what: `${nameOf(load)}, tun`, measured: wordsOf(figures) });
  }
  return rows;
}

function sustainedRows(load: Omit<LoadSettings, 'backend'>, figures: LoadFigures): Row[] {
  const { sent, delivered, notTaken, latestMs } = figures;
  const isOnTime = notTaken === 0 && latestMs <= SUSTAINED_WITHIN_MS;
  const isReliable = load.transport === 'tcp';
  return [
    {
      what: `${nameOf(load)}, ${load.seconds} s`,
      measured: wordsOf(figures),
      wanted: `all sent, none later than ${SUSTAINED_WITHIN_MS} ms${isReliable ? ', all delivered' : ''}`,
      isReached: isOnTime && (!isReliable || delivered === sent),
    },
  ];
}

function memoryRows(load: Omit<LoadSettings, 'backend'>, few: LoadFigures, many: LoadFigures): Row[] {
  const growth = (process: keyof LoadFigures['peakBytes']) => many.peakBytes[process] - few.peakBytes[process];
  const messages = `${many.sent.toLocaleString('en')} messages over ${load.transport}`;
  return [
    {
      what: `worker's memory for ${messages}`,
      measured: `${mib(growth('worker'))} above the ${mib(few.peakBytes.worker)} for 500`,
      wanted: `under ${MEMORY_MIB} MiB for a million`,
      isReached: growth('worker') < MEMORY_MIB * 2 ** 20 * Math.max(1, many.sent / 1e6),
    },
    {
      what: `controller's memory for ${messages}`,
      measured: `${mib(growth('controller'))} above the ${mib(few.peakBytes.controller)} for 500`,
    },
  ];
}

function timedRow(load: Omit<LoadSettings, 'backend'>, figures: LoadFigures): Row {
  return {
    what: `${nameOf(load)}, ${load.repetitions} × ${load.seconds} s`,
    measured: wordsOf(figures),
    wanted: `timer error p99 under ${TIMER_ERROR_P99_MS} ms`,
    isReached: figures.timerErrorP99Ms !== null && figures.timerErrorP99Ms < TIMER_ERROR_P99_MS,
  };
}

function nameOf({ transport, ratePerSecond }: Pick<LoadSettings, 'transport' | 'ratePerSecond'>): string {
  return `${ratePerSecond.toLocaleString('en')} messages/s over ${transport}`;
}

function wordsOf(figures: LoadFigures): string {
  const { sent, delivered, notTaken, timerErrorP50Ms, timerErrorP99Ms, latestMs, delayP50Ms, delayP99Ms } = figures;
  return [
    `delivered ${((100 * delivered) / sent).toFixed(2)} % of ${sent.toLocaleString('en')}`,
    ...(notTaken > 0 ? [`${notTaken} not taken`] : []),
    `timer error p50 ${ms(timerErrorP50Ms)}, p99 ${ms(timerErrorP99Ms)}, most ${ms(latestMs)}`,
    `delay p50 ${ms(delayP50Ms)}, p99 ${ms(delayP99Ms)}`,
    `waited for a processor ${ms(figures.waitedMs)}`,
  ].join('\n');
}
