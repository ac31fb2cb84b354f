// A user's side of the chat, above any transport: messages become frames and frames become events. It holds no socket,
// no clock and no timer: it is given a channel, and instants with every frame.
import { Arena } from './arena.ts';
import { encodeConfirm, encodeJoin, encodePing, encodeWho, type MalformedFrame, sendEnvelope } from './client-frame.ts';
import { isNameOn, nameOn } from './envelope.ts';
import { CallerError } from './errors.ts';
import type { JoinProof } from './gate.ts';
import { encodeLetter, Letter } from './letter.ts';
import { MAX_NAME_BYTES } from './limits.ts';
import { EVERYONE, judgeName, NAME_RULE } from './name.ts';
import type { Departure, FarewellCode, RefusalCode } from './refusal.ts';
import { type Person, parseServerFrame, type RosterPart, type ServerFrame } from './server-frame.ts';
import { encodeText, encodeTextForNow } from './text.ts';
import type { Channel, ChannelEvents, CloseCause, SendOutcome, StreamProgress } from './transport.ts';

export interface OutgoingMessage {
  /** A user's name, or `*` for everybody else. */
  readonly to: string;
  readonly subject?: string;
  /** Text, or bytes that are well-formed UTF-8 already. */
  readonly body: string | Uint8Array;
  /** Asks the recipient's client to confirm that it came. */
  readonly wantsReceipt?: boolean;
}

export interface Sent {
  /**
   * The message's number among those of this client, from 1: receipts and refusals name it. A message that was not taken
   * uses no number up; then this is the number of the last one that was.
   */
  readonly sequence: number;
  readonly outcome: SendOutcome;
}

export type ClientEvent =
  | { readonly kind: 'welcome'; readonly name: string; readonly proof?: Uint8Array | undefined }
  /** The server asks for proof of its secret; the channel ends, and a join that bears it comes over another. */
  | { readonly kind: 'challenge'; readonly challenge: Uint8Array }
  | {
      readonly kind: 'message';
      readonly from: string;
      readonly toAll: boolean;
      readonly letter: Letter;
      readonly arrivedAtNs: number;
    }
  | { readonly kind: 'confirmed'; readonly from: string; readonly sequence: number; readonly arrivedAtNs: number }
  | { readonly kind: 'refused'; readonly sequence: number; readonly code: RefusalCode; readonly about: string }
  | ({ readonly kind: 'joined' } & Person)
  | { readonly kind: 'left'; readonly name: string; readonly departure: Departure }
  | { readonly kind: 'roster'; readonly request: number; readonly people: readonly Person[] }
  | { readonly kind: 'pong'; readonly roundTripMs: number }
  | { readonly kind: 'bye'; readonly code: FarewellCode; readonly about: string }
  | { readonly kind: 'drained' }
  | { readonly kind: 'closed'; readonly cause: CloseCause }
  | MalformedFrame;

export interface ClientOptions {
  /** The name to ask for; without one the server gives `Usuario0`, `Usuario1`, … */
  readonly name?: string | undefined;
  /** Whether to be told of others who join and leave. */
  readonly wantsPresence?: boolean | undefined;
  /** For a server that has asked for one. */
  readonly proof?: JoinProof | undefined;
  readonly onEvent: (event: ClientEvent) => void;
}

export class Client implements ChannelEvents {
  readonly #options: ClientOptions;
  readonly #arena = new Arena();
  readonly #envelopes = new Map<string, Uint8Array>();
  #channel: Channel | undefined;
  #name: string | undefined;
  #sequence = 0;
  #request = 0;
  #token = 0;
  /** When the ping was sent that has not been answered. */
  #pingedAtNs: number | undefined;
  /** The parts that have come of the roster that was asked for. */
  #roster: Map<number, RosterPart> | undefined;
  #lastSender: { bytes: Uint8Array; name: string } = { bytes: new Uint8Array(0), name: '' };

  /** @throws CallerError where the name asked for is not legal */
  constructor(options: ClientOptions) {
    const { name = '' } = options;
    if (name !== '' && judgeName(name) === 'illegal') {
      throw new CallerError(`The name ${JSON.stringify(name)} is not allowed: ${NAME_RULE}.`);
    }
    this.#options = options;
  }

  /** The first frame, for the transport to bring across. */
  opening(): Uint8Array {
    const { name = '', wantsPresence = false, proof } = this.#options;
    return encodeJoin(name, wantsPresence, proof);
  }

  /** Takes the channel that the client speaks through from now on, and listens to it. */
  attach(channel: Channel): ChannelEvents {
    this.#channel = channel;
    return this;
  }

  /** The name that the server gave, once it has. */
  get name(): string | undefined {
    return this.#name;
  }

  get localPort(): number | undefined {
    return this.#channel?.localPort;
  }

  /** Absent over a transport that is no stream. */
  get stream(): StreamProgress | undefined {
    return this.#channel?.stream;
  }

  get remote(): string {
    return this.#attached().remote;
  }

  /** @throws CallerError naming the limit that the message breaks; nothing is sent then */
  send(message: OutgoingMessage): Sent {
    const head = this.#envelopeFor(message.to);
    const letter = encodeLetter(
      {
        sequence: this.#sequence + 1,
        wantsReceipt: message.wantsReceipt ?? false,
        subject: message.subject ?? '',
        body: message.body,
      },
      this.#arena,
    );
    const outcome = this.#attached().send(head, letter);
    if (outcome === 'sent' || outcome === 'queued') this.#sequence++;
    return { sequence: this.#sequence, outcome };
  }

  /** Asks who is here; the `roster` event answers with the same number. It takes the place of a question still open. */
  who(): number {
    this.#roster = new Map();
    this.#attached().send(encodeWho(++this.#request));
    return this.#request;
  }

  /** Measures a round trip to the server; the `pong` event answers. It takes the place of a ping still under way. */
  ping(nowNs: number): void {
    this.#pingedAtNs = nowNs;
    this.#attached().send(encodePing(++this.#token));
  }

  close(): void {
    this.#channel?.close();
  }

  abort(): void {
    this.#channel?.abort();
  }

  frame(bytes: Uint8Array, arrivedAtNs: number): void {
    const frame = parseServerFrame(bytes);
    if (frame.kind === 'deliver') this.#receive(frame, arrivedAtNs);
    else this.#report(frame, arrivedAtNs);
  }

  drained(): void {
    this.#options.onEvent({ kind: 'drained' });
  }

  closed(cause: CloseCause): void {
    this.#options.onEvent({ kind: 'closed', cause });
  }

  #receive(frame: Extract<ServerFrame, { kind: 'deliver' }>, arrivedAtNs: number): void {
    const from = this.#senderName(frame.envelope);
    if (from === undefined) return this.#options.onEvent(NAMELESS);
    const letter = new Letter(frame.letter);
    this.#options.onEvent({ kind: 'message', from, toAll: frame.toAll, letter, arrivedAtNs });
    if (letter.wantsReceipt) this.#channel?.send(encodeConfirm(from, letter.sequence));
  }

  #report(frame: Exclude<ServerFrame, { kind: 'deliver' }>, arrivedAtNs: number): void {
    switch (frame.kind) {
      case 'welcome':
        this.#name = frame.name;
        return this.#options.onEvent(frame);
      case 'confirmed':
        return this.#options.onEvent({ kind: 'confirmed', from: frame.from, sequence: frame.sequence, arrivedAtNs });
      case 'roster':
        return this.#gather(frame);
      case 'pong':
        return this.#measure(frame.token, arrivedAtNs);
      default:
        return this.#options.onEvent(frame);
    }
  }

  /** A pong may come twice; the first counts. */
  #measure(token: number, arrivedAtNs: number): void {
    if (token !== this.#token || this.#pingedAtNs === undefined) return;
    const roundTripMs = (arrivedAtNs - this.#pingedAtNs) / 1e6;
    this.#pingedAtNs = undefined;
    this.#options.onEvent({ kind: 'pong', roundTripMs });
  }

  /** Parts may come in any order, or twice; the roster is reported once, when all are there. */
  #gather(part: RosterPart): void {
    const roster = this.#roster;
    if (roster === undefined || part.request !== this.#request || part.part >= part.parts) return;
    roster.set(part.part, part);
    if (roster.size < part.parts) return;
    this.#roster = undefined;
    const inOrder = [...roster.values()].sort((a, b) => a.part - b.part);
    const people = inOrder.flatMap((known) => known.people);
    this.#options.onEvent({ kind: 'roster', request: part.request, people });
  }

  #senderName(envelope: Uint8Array): string | undefined {
    if (isNameOn(envelope, this.#lastSender.bytes)) return this.#lastSender.name;
    const name = nameOn(envelope);
    if (name !== undefined) this.#lastSender = { bytes: encodeText(name), name };
    return name;
  }

  #envelopeFor(to: string): Uint8Array {
    const known = this.#envelopes.get(to);
    if (known !== undefined) return known;
    checkRecipient(to);
    if (this.#envelopes.size >= 1024) this.#envelopes.clear();
    const made = sendEnvelope(to);
    this.#envelopes.set(to, made);
    return made;
  }

  #attached(): Channel {
    if (this.#channel === undefined) throw new CallerError('This client is not connected yet: wait for connect().');
    return this.#channel;
  }
}

const NAMELESS: MalformedFrame = { kind: 'malformed', why: 'the sender is not well-formed UTF-8' };

function checkRecipient(to: string): void {
  const sizeBytes = encodeTextForNow(to).length;
  if (sizeBytes === 0)
    throw new CallerError(`The recipient is empty. Give a name, or "${EVERYONE}" for everybody else.`);
  if (sizeBytes <= MAX_NAME_BYTES) return;
  throw new CallerError(
    `The recipient has ${sizeBytes} bytes in UTF-8 and the limit is ${MAX_NAME_BYTES}; nothing was sent.`,
  );
}
