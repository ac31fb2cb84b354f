// The parts of the benchmark by name.
import type { Row } from '../harness/table.ts';
import { chatRows, measureChat } from './chat.ts';
import { churnRows, measureChurn } from './churn.ts';
import { fanOutRows, measureFanOut } from './fan-out.ts';
import { floodRows, measureFloods } from './floods.ts';
import { joinRows, measureJoins } from './joins.ts';
import type { LoadSettings } from './settings.ts';
import { measureSlowReaders, slowReaderRows } from './slow-readers.ts';

/** What was measured: as figures for a program, as rows for a person. */
export interface Measured {
  readonly figures: unknown;
  readonly rows: readonly Row[];
}

export const PARTS: Readonly<Record<string, (settings: LoadSettings) => Promise<Measured>>> = {
  joins: part(measureJoins, joinRows),
  chat: part(measureChat, chatRows),
  'fan-out': part(measureFanOut, fanOutRows),
  'slow-readers': part(measureSlowReaders, slowReaderRows),
  churn: part(measureChurn, churnRows),
  floods: part(measureFloods, floodRows),
};

function part<Figures>(
  measure: (settings: LoadSettings) => Promise<Figures>,
  rowsOf: (settings: LoadSettings, figures: Figures) => Row[],
): (settings: LoadSettings) => Promise<Measured> {
  return async (settings) => {
    const figures = await measure(settings);
    return { figures, rows: rowsOf(settings, figures) };
  };
}
