// The trials of a run read back from its folder: every message's record, and what run.json keeps of each repetition. What a
// run has measured can be analysed again, or gone on with.
import { join } from 'node:path';
import { CallerError } from '../../core/errors.ts';
import { besideOf } from '../record/beside-record.ts';
import { observe } from '../record/observe.ts';
import type { MessagePath, TrialRecord } from '../record/record.ts';
import type { Repetition, RunResult } from '../result.ts';
import type { FinishedTrial } from '../run/trial.ts';
import { MESSAGES_FILE } from './run-folder.ts';
import { isCutShort, linesOf } from './trial-rows.ts';
import { MESSAGE_COLUMNS } from './trial-tables.ts';

/**
 * Those that measured and are counted by `result`.
 * @throws CallerError where the rows are not what `result` says of them
 */
export async function readTrials(folder: string, result: RunResult): Promise<FinishedTrial[]> {
  const rows = await readRows(join(folder, MESSAGES_FILE));
  const trials: FinishedTrial[] = [];
  for (const cell of result.cells) {
    for (const repetition of cell.repetitions) {
      if (repetition.outcome.kind !== 'measured') continue;
      const own = rows.get(keyOf(cell.link, cell.point, cell.transport, repetition.number));
      if (own === undefined) {
        throw new CallerError(
          `${folder} is damaged: ${MESSAGES_FILE} has no rows of ${cell.transport} over ${cell.link}, repetition ${repetition.number}.`,
        );
      }
      const { link, point, transport } = cell;
      const plan = { link, point, transport, repetition: repetition.number, number: own.trial };
      trials.push({
        plan: { ...plan, channelSeed: repetition.channelSeed, loadSeed: 0 },
        outcome: outcomeOf(own, repetition.outcome, result.scenario.waitingMs),
      });
    }
  }
  return trials;
}

type Measured = Extract<Repetition['outcome'], { kind: 'measured' }>;

function outcomeOf(rows: TrialRows, measured: Measured, waitingMs: number): FinishedTrial['outcome'] {
  const record = { ...rows.finish(), ...countsOf(measured) };
  const { account, link: count, hosts, cpuMs, setUpsMs, setUpRoundTrips, bulkBitsPerSecond, stoodStillMs } = measured;
  const link = count === undefined ? {} : { count };
  return {
    kind: 'measured',
    record,
    observation: observe(record, waitingMs, {
      setUpsMs,
      cpuMs,
      ...(setUpRoundTrips && { setUpRoundTrips }),
      ...besideOf(record, link),
    }),
    link,
    account,
    ...(hosts && { hosts }),
    ...(bulkBitsPerSecond !== undefined && { bulk: { deliveredBytes: bulkBitsPerSecond / 8, seconds: 1 } }),
    ...(stoodStillMs && { stoodStillMs }),
  };
}

function countsOf({ figures }: Measured): Pick<TrialRecord, 'damaged' | 'refused'> {
  return { damaged: figures['damaged'] ?? 0, refused: figures['refused'] ?? 0 };
}

function keyOf(link: string, point: string, transport: string, repetition: number | string): string {
  return JSON.stringify([link, point, transport, Number(repetition)]);
}

async function readRows(file: string): Promise<Map<string, TrialRows>> {
  const trials = new Map<string, TrialRows>();
  try {
    let isHeader = true;
    for await (const line of linesOf(file)) {
      if (isHeader) requireColumns(line, file);
      else addRow(trials, fieldsOf(line));
      isHeader = false;
    }
  } catch (error) {
    if (error instanceof CallerError) throw error;
    if (isCutShort(error)) return trials;
    throw new CallerError(`${file} can't be read: ${(error as Error).message}.`);
  }
  return trials;
}

function requireColumns(header: string, file: string): void {
  if (header === MESSAGE_COLUMNS.join(',')) return;
  throw new CallerError(`${file} has other columns than this program writes. Use the lab that wrote it.`);
}

function addRow(trials: Map<string, TrialRows>, fields: readonly string[]): void {
  const [link, point, transport, repetition, trial] = fields;
  const key = keyOf(link!, point!, transport!, repetition!);
  const rows = trials.get(key) ?? new TrialRows(Number(trial));
  trials.set(key, rows);
  rows.add(fields);
}

/** RFC 4180: only names are ever quoted. */
function fieldsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
  );
}

const AT = Object.fromEntries(MESSAGE_COLUMNS.map((name, at) => [name, at])) as Record<
  (typeof MESSAGE_COLUMNS)[number],
  number
>;

const PATH_COLUMNS: Readonly<Record<keyof MessagePath, number>> = {
  atServerNs: AT.at_server_ns,
  releasedAtServerNs: AT.released_at_server_ns,
  atClientsNs: AT.at_clients_ns,
  releasedAtClientsNs: AT.released_at_clients_ns,
};

/** The rows of one trial, in the order of the file: copies as they arrived, then what did not. */
class TrialRows {
  readonly trial: number;
  readonly #messages = new Map<number, readonly string[]>();
  readonly #arrived: { message: number; ns: number }[] = [];

  constructor(trial: number) {
    this.trial = trial;
  }

  add(fields: readonly string[]): void {
    const message = Number(fields[AT.message]);
    if (!this.#messages.has(message)) this.#messages.set(message, fields);
    const arrived = fields[AT.arrived_ns]!;
    if (arrived !== '') this.#arrived.push({ message, ns: Number(arrived) });
  }

  finish(): Omit<TrialRecord, 'damaged' | 'refused'> {
    const rows = [...this.#messages.keys()].sort((a, b) => a - b).map((message) => this.#messages.get(message)!);
    const instants = (at: number) =>
      Float64Array.from(rows, (fields) => (fields[at] === '' ? Number.NaN : Number(fields[at])));
    const numbers = (at: number) => Uint32Array.from(rows, (fields) => Number(fields[at]));
    const path = Object.fromEntries(
      Object.entries(PATH_COLUMNS).map(([name, at]) => [name, instants(at)]),
    ) as unknown as MessagePath;
    const wasSeen = Object.values(path).some((column) => column.some((ns: number) => !Number.isNaN(ns)));
    const answers = rows.some((fields) => fields[AT.answers] !== '');
    return {
      flow: numbers(AT.flow),
      sizeBytes: numbers(AT.bytes),
      plannedNs: instants(AT.planned_ns),
      sentNs: instants(AT.sent_ns),
      arrivedMessage: Uint32Array.from(this.#arrived, ({ message }) => message),
      arrivedNs: Float64Array.from(this.#arrived, ({ ns }) => ns),
      ...(answers && { answers: Int32Array.from(rows, (fields) => Number(fields[AT.answers])) }),
      ...(wasSeen && { path }),
      ...fatesOf(rows.map((fields) => fields[AT.fate]!)),
    };
  }
}

function fatesOf(fates: readonly string[]): Pick<TrialRecord, 'fate'> {
  if (fates.every((fate) => fate === '')) return {};
  const names = [...new Set(fates)];
  return { fate: { code: Uint8Array.from(fates, (fate) => names.indexOf(fate)), names } };
}
