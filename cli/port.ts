// A port as a person gives it.
import { CallerError } from '../src/core/errors.ts';

/** @throws CallerError for one that can't be listened on */
export function checkListenPort(port: number): void {
  if (isPort(port) || port === 0) return;
  throw new CallerError(`The port ${port} is not allowed. Give a whole number from 0 (any free one) to 65535.`);
}

/** @throws CallerError for one that nobody can listen on */
export function checkServerPort(port: number): void {
  if (isPort(port)) return;
  throw new CallerError(`The port ${port} is not allowed. Give a whole number from 1 to 65535.`);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
