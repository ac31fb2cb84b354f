// Errors named by whose fault they are. What a network does (loss, silence, a peer gone) is a value, never one of these.

/** The caller asked for something that is not allowed: says what, which limit, and what to do. */
export class CallerError extends Error {
  override readonly name = 'CallerError';
  readonly fault = 'caller';
}

/** The other end refused or broke the protocol. `code` is stable and for programs. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
  readonly fault = 'peer';
  readonly code: string;
  /** The name or the number that a refusal is about. */
  readonly about: string;

  constructor(code: string, message: string, about = '') {
    super(message);
    this.code = code;
    this.about = about;
  }
}

/** This machine or the way to the other end can't do it: a port in use, a name that does not resolve, nobody listening. */
export class MachineError extends Error {
  override readonly name = 'MachineError';
  readonly fault = 'machine';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
