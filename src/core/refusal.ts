// Why a server says no, and why it says good-bye: stable codes on the wire, sentences for people here.
import { MAX_BODY_BYTES } from './limits.ts';
import { EVERYONE, NAME_RULE } from './name.ts';
import type { CloseCause } from './transport.ts';

/** In the order of their numbers on the wire, which start at 1 and never change. */
export const REFUSALS = [
  'unknown-recipient',
  'recipient-too-slow',
  'name-taken',
  'name-illegal',
  'name-reserved',
  'server-full',
  'not-joined',
  'already-joined',
  'body-too-long',
  'invalid-text',
  'malformed',
  'wrong-version',
  'secret-wrong',
  'too-fast',
  'too-many-here',
  'joins-too-fast',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

export const FAREWELLS = [
  'shutdown',
  'too-slow',
  'join-deadline',
  'silent',
  'violation',
  'refused',
  'too-fast',
] as const;
export type FarewellCode = (typeof FAREWELLS)[number];

/** How a user left, as the others are told. */
export const DEPARTURES = ['left', 'lost', 'silent', 'too-slow', 'violation', 'too-fast'] as const;
export type Departure = (typeof DEPARTURES)[number];

/** @param about the name or the number that the refusal is about */
export function describeRefusal(code: RefusalCode, about: string): string {
  switch (code) {
    case 'unknown-recipient':
      return about === EVERYONE ? 'Nobody else is here.' : `There is no user "${about}" here now.`;
    case 'recipient-too-slow':
      return `"${about}" reads more slowly than its messages come, and its queue is full.`;
    case 'name-taken':
      return `The name "${about}" is taken. Ask for another, or for none to be given one.`;
    case 'name-illegal':
      return `The name "${about}" is not allowed: ${NAME_RULE}.`;
    case 'name-reserved':
      return `The name "${about}" is the server's to give: ask for another, or for none to be given one.`;
    case 'server-full':
      return `The server is full: its limit is ${about} users. Try again later.`;
    case 'not-joined':
      return 'A client must join before it sends anything else.';
    case 'already-joined':
      return `This client has joined already, as "${about}".`;
    case 'body-too-long':
      return `The body has more than ${MAX_BODY_BYTES} bytes in UTF-8. Shorten it.`;
    case 'invalid-text':
      return 'The message is not well-formed UTF-8.';
    case 'malformed':
      return `The server could not read a frame: ${about}.`;
    case 'wrong-version':
      return `The server speaks version ${about} of the protocol only.`;
    case 'secret-wrong':
      return 'The secret is not the one that this server shares with its users. Check the file given with --secret-file.';
    case 'too-fast':
      return `You ask for more than ${about} deliveries a second (each KiB of a message is one for each who receives it). This one was not taken: wait a moment.`;
    case 'too-many-here':
      return `From your address ${about} users are here already, and that is the limit.`;
    case 'joins-too-fast':
      return `More than ${about} users a second ask to join, from your address or in all. Try again in a moment.`;
  }
}

export function describeFarewell(code: FarewellCode, about: string): string {
  switch (code) {
    case 'shutdown':
      return about === '' ? 'The server is shutting down.' : `The server is shutting down: ${about}.`;
    case 'too-slow':
      return `You read more slowly than your messages come: more than ${about} bytes were waiting.`;
    case 'join-deadline':
      return `You did not join within ${about} ms.`;
    case 'silent':
      return `Nothing was heard from you for ${about} ms.`;
    case 'violation':
      return `You broke the protocol: ${about}.`;
    case 'refused':
      return 'You were refused.';
    case 'too-fast':
      return `You asked for more than ${about} deliveries a second, and did not stop when you were refused.`;
  }
}

/** What a client that the transport turns away is told. */
export function farewellFor(cause: CloseCause): { code: FarewellCode; about: string } {
  switch (cause.kind) {
    case 'slow':
      return { code: 'too-slow', about: String(cause.limitBytes) };
    case 'silent':
      return { code: 'silent', about: String(cause.limitMs) };
    case 'join-deadline':
      return { code: 'join-deadline', about: String(cause.limitMs) };
    case 'violation':
      return { code: 'violation', about: cause.why };
    case 'local':
    case 'left':
    case 'lost':
      return { code: 'shutdown', about: '' };
  }
}

export function departureFor(cause: CloseCause): Departure {
  switch (cause.kind) {
    case 'local':
    case 'left':
      return 'left';
    case 'lost':
    case 'silent':
      return cause.kind;
    case 'slow':
      return 'too-slow';
    case 'join-deadline':
    case 'violation':
      return 'violation';
  }
}
