// The machine's fault: it can't carry an emulated link, or not the way that was asked for. The link knows nothing of the
// core, so it has an error of its own; it says what is missing and what would change it.

export class LinkMachineError extends Error {
  override readonly name = 'LinkMachineError';
  readonly fault = 'machine';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The operating system's name for what went wrong, such as ENOENT. */
export function systemCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'UNKNOWN';
}
