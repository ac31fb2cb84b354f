// What `lab run` was asked for, and what of it can't be.
import type { Language } from '../../reports/language/language.ts';
import { isMetricId } from '../../src/bench/metrics/catalogue.ts';
import { CallerError } from '../../src/core/errors.ts';
import type { BackendChoice } from './open-rig.ts';

export interface ExperimentSettings {
  readonly scenario: readonly string[];
  readonly backend: BackendChoice;
  /** Of a server elsewhere: HOST:PORT. */
  readonly server: string | undefined;
  readonly repetitions: number | undefined;
  readonly until: string | undefined;
  readonly untilMetric: string;
  readonly maxTime: string;
  readonly seed: number | undefined;
  readonly out: string | undefined;
  readonly pcap: string | undefined;
  readonly json: boolean;
  readonly language: Language;
  /** Whether the page is shown in a browser at the end. */
  readonly open: boolean;
}

/** @throws CallerError about the first thing that can't be */
export function checkSettings(settings: ExperimentSettings): void {
  for (const { isWrong, message } of RULES) if (isWrong(settings)) throw new CallerError(message(settings));
}

interface Rule {
  readonly isWrong: (settings: ExperimentSettings) => boolean;
  readonly message: (settings: ExperimentSettings) => string;
}

const RULES: readonly Rule[] = [
  {
    isWrong: ({ pcap, scenario }) => pcap !== undefined && scenario.length > 1,
    message: () => '--pcap names one file, and there are several scenarios. Run them one by one.',
  },
  {
    isWrong: ({ pcap, backend, server }) => pcap !== undefined && (backend !== 'tun' || server !== undefined),
    message: () => '--pcap captures packets, and only the tun backend has them. Add --backend tun.',
  },
  {
    isWrong: ({ server, backend }) => server !== undefined && backend !== 'auto',
    message: ({ backend }) =>
      `--server measures against a server elsewhere, and --backend ${backend} has one of its own. Leave one of them out.`,
  },
  {
    isWrong: ({ out, scenario }) => out !== undefined && scenario.length > 1,
    message: () => '--out names one folder, and there are several scenarios. Leave it out, or run them one by one.',
  },
  {
    isWrong: ({ repetitions }) =>
      repetitions !== undefined && !(Number.isInteger(repetitions) && repetitions >= 1 && repetitions <= 1000),
    message: ({ repetitions }) => `--repetitions ${repetitions} is not allowed. Give a whole number from 1 to 1000.`,
  },
  {
    isWrong: ({ seed }) => seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0),
    message: ({ seed }) => `--seed ${seed} is not allowed. Give a whole number from 0.`,
  },
  {
    isWrong: ({ untilMetric }) => !isMetricId(untilMetric),
    message: ({ untilMetric }) => `There is no metric "${untilMetric}". "lab explain" lists them.`,
  },
];
