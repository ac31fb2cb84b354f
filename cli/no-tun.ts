// The packet emulator does not work here: how that is told wherever it was asked for.
import { MachineError } from '../src/core/errors.ts';

export function noTun({ message }: Error): MachineError {
  return new MachineError('NO_TUN', `The packet emulator does not work here: ${message} ("lab link" shows all parts.)`);
}
