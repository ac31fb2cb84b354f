// Why a connection ended, for a person.
import type { CloseCause } from '../../src/core/transport.ts';

export function describeCause(cause: CloseCause): string {
  switch (cause.kind) {
    case 'silent':
      return `The server has not been heard of for ${cause.limitMs / 1000} s.`;
    case 'lost':
      return `The server is gone: ${cause.why}.`;
    case 'violation':
      return `The server broke the protocol: ${cause.why}.`;
    default:
      return 'The server ended the chat without a word.';
  }
}
