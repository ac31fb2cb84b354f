// What is measured, as rows: for a person a table, for a program the same as JSON.
import Table from 'cli-table3';

export interface Row {
  readonly what: string;
  /** With its unit. */
  readonly measured: string;
  /** What it is to be, and whether it is; undefined where nothing is asked. */
  readonly wanted?: string;
  readonly isReached?: boolean;
}

export function table(rows: readonly Row[]): string {
  const printed = new Table({ head: ['what', 'measured', 'wanted', 'reached'], style: { head: [], border: [] } });
  for (const { what, measured, wanted = '', isReached } of rows)
    printed.push([what, measured, wanted, yesOrNo(isReached)]);
  return printed.toString();
}

function yesOrNo(isReached: boolean | undefined): string {
  if (isReached === undefined) return '';
  return isReached ? 'yes' : 'NO';
}

export function ms(value: number | null): string {
  return value === null ? 'not reached' : `${Number(value.toPrecision(3))} ms`;
}

export function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
