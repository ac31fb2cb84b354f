// What a datagram was that the link lost, as far as it concerns this user. Pure: the beginning of its bytes in, a value out.
import { type ClientFrame, parseClientFrame } from '../../../src/core/client-frame.ts';
import { letterStart, nameOn } from '../../../src/core/envelope.ts';
import { Letter, withoutBody } from '../../../src/core/letter.ts';
import { parseServerFrame, type ServerFrame } from '../../../src/core/server-frame.ts';
import type { LostDatagram } from '../../../src/link/news.ts';
import { parseDatagram } from '../../../src/udp/datagram.ts';

export type Lost =
  /** A message of this user's, on its way to the server. */
  | { readonly kind: 'own'; readonly sequence: number; readonly subject: string }
  /** What would have told that it came, on its way back. */
  | { readonly kind: 'receipt'; readonly from: string; readonly sequence: number }
  /** A message of somebody else's, on its way from the server to this user. */
  | { readonly kind: 'incoming'; readonly from: string; readonly subject: string; readonly toAll: boolean };

/** Undefined for what no message depends on: a keep-alive, a question who is here. */
export function lostIn({ direction, head }: Pick<LostDatagram, 'direction' | 'head'>): Lost | undefined {
  const datagram = parseDatagram(head);
  if (datagram.kind !== 'data') return undefined;
  return direction === 'up' ? lostOfClient(datagram.frame) : lostOfServer(datagram.frame);
}

function lostOfClient(bytes: Uint8Array): Lost | undefined {
  const frame = parsed(parseClientFrame, bytes);
  if (frame.kind !== 'send') return undefined;
  const { sequence, subject } = new Letter(frame.letter);
  return { kind: 'own', sequence, subject };
}

function lostOfServer(bytes: Uint8Array): Lost | undefined {
  const frame = parsed(parseServerFrame, bytes);
  if (frame.kind === 'confirmed') return { kind: 'receipt', from: frame.from, sequence: frame.sequence };
  const from = frame.kind === 'deliver' ? nameOn(frame.envelope) : undefined;
  if (frame.kind !== 'deliver' || from === undefined) return undefined;
  return { kind: 'incoming', from, subject: new Letter(frame.letter).subject, toAll: frame.toAll };
}

/** A body that is cut within a character is no legal text: then without it. */
function parsed<Frame extends ClientFrame | ServerFrame>(
  parse: (bytes: Uint8Array) => Frame,
  bytes: Uint8Array,
): Frame {
  const frame = parse(bytes);
  if (frame.kind !== 'bad-letter') return frame;
  const start = letterStart(bytes);
  return parse(bytes.subarray(0, start + withoutBody(bytes.subarray(start)).length));
}
