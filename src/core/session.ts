// One client as the server sees it: what it may do before and after joining, and how its messages reach the others.
// The sender's name always comes from here, never from a frame.
import { Allowance, messageCost, rosterCost } from './allowance.ts';
import type { Announcer, Listener } from './announcer.ts';
import type { Census } from './census.ts';
import { type ClientFrame, parseClientFrame } from './client-frame.ts';
import type { Directory } from './directory.ts';
import { isNameOn, nameOn, PROTOCOL_VERSION } from './envelope.ts';
import type { Gate } from './gate.ts';
import type { LetterFault } from './letter.ts';
import { letterSequence } from './letter.ts';
import { EVERYONE } from './name.ts';
import { type Departure, departureFor, type RefusalCode } from './refusal.ts';
import {
  deliverEnvelope,
  encodeBye,
  encodeChallenge,
  encodeConfirmed,
  encodeJoined,
  encodeLeft,
  encodePong,
  encodeRefused,
  encodeRoster,
  encodeWelcome,
  type Person,
} from './server-frame.ts';
import { encodeText } from './text.ts';
import type { Rate } from './token-bucket.ts';
import type { Channel, ChannelEvents, CloseCause } from './transport.ts';

/** What a server may watch. A message is only reported where somebody asks, because that costs time on every one. */
export interface RouterObserver {
  joined?(person: Person, remote: string): void;
  left?(person: Person, departure: Departure): void;
  routed?(from: string, to: string, sequence: number, sizeBytes: number): void;
  refused?(who: string, code: RefusalCode, about: string): void;
}

/** What all sessions of one server share. */
export interface Hall {
  readonly directory: Directory<Session>;
  readonly census: Census;
  readonly announcer: Announcer;
  readonly observer: RouterObserver;
  /** Undefined: everybody may join. */
  readonly gate: Gate | undefined;
  /** What each user may ask for; undefined: as much as he can. */
  readonly rate: Rate | undefined;
}

export class Session implements ChannelEvents, Listener, Person {
  readonly #hall: Hall;
  readonly #channel: Channel;
  #state: 'new' | 'joined' | 'gone' = 'new';
  #identity: Identity = NOBODY;
  #allowance: Allowance | undefined;
  /** The recipient of the message before: most senders write to the same one again. */
  #lastRecipient: Session | undefined;
  /** Whose messages wait in this user's queue, if any do: they are told if it has to go. */
  #waiting: Set<Session> | undefined;

  constructor(hall: Hall, channel: Channel) {
    this.#hall = hall;
    this.#channel = channel;
  }

  get name(): string {
    return this.#identity.name;
  }

  get transport(): string {
    return this.#channel.transport;
  }

  frame(bytes: Uint8Array, arrivedAtNs: number): void {
    const frame = parseClientFrame(bytes);
    if (this.#state === 'joined') this.#obeyIfAllowed(frame, arrivedAtNs);
    else if (this.#state === 'new') this.#admit(frame, arrivedAtNs);
  }

  drained(): void {
    this.#waiting = undefined;
  }

  closed(cause: CloseCause): void {
    this.#leave(departureFor(cause));
  }

  /** What is not taken is dropped where nothing is promised; where delivery is, the promise ends with the channel. */
  hear(frame: Uint8Array): void {
    if (this.#state !== 'joined') return;
    if (this.#channel.send(frame) === 'full' && this.#channel.promises.reliable) this.#dismissAsTooSlow();
  }

  /** Ends the session and says why. */
  dismiss(last: Uint8Array, departure: Departure): void {
    this.#leave(departure);
    this.#channel.close(last);
  }

  #admit(frame: ClientFrame, nowNs: number): void {
    if (frame.kind !== 'join') return this.#turnAway(...refusalBeforeJoining(frame));
    const { gate } = this.#hall;
    if (gate === undefined) return this.#welcome(frame, nowNs);
    const { proof } = frame;
    if (proof === undefined) return this.#challenge(gate.challenge(nowNs));
    if (!gate.admits(frame, proof, nowNs)) return this.#turnAway('secret-wrong', '');
    this.#welcome(frame, nowNs, (name) => gate.welcome(name, proof));
  }

  /** @param proofFor the server's own proof for who has proved himself */
  #welcome(join: JoinFrame, nowNs: number, proofFor?: (name: string) => Uint8Array): void {
    const { directory, census, observer, announcer, rate } = this.#hall;
    const { remote } = this.#channel;
    // Where there is no place, to ask for one costs nobody else his.
    const turned = directory.isFull ? undefined : census.turnsAway(remote, nowNs);
    if (turned !== undefined) return this.#turnAway(turned.code, turned.about);
    const claim = directory.claim(join.name, this);
    if (claim.kind === 'refused') return this.#turnAway(claim.code, claim.about);
    census.joined(remote);
    this.#state = 'joined';
    this.#identity = new Identity(claim.name);
    if (rate !== undefined) this.#allowance = new Allowance(rate, nowNs);
    this.#channel.send(encodeWelcome(claim.name, proofFor?.(claim.name)));
    observer.joined?.(this, remote);
    announcer.announce(encodeJoined(this), this);
    if (join.wantsPresence) announcer.watch(this);
  }

  #challenge(challenge: Uint8Array): void {
    this.#state = 'gone';
    this.#channel.close(encodeChallenge(challenge));
  }

  #turnAway(code: RefusalCode, about: string): void {
    this.#state = 'gone';
    this.#hall.observer.refused?.(this.#channel.remote, code, about);
    this.#channel.close(encodeRefused(0, code, about));
  }

  #obeyIfAllowed(frame: ClientFrame, nowNs: number): void {
    const allowance = this.#allowance;
    if (allowance === undefined) return this.#obey(frame);
    const verdict = allowance.take(this.#costOf(frame), nowNs);
    if (verdict === 'granted') return this.#obey(frame);
    const limit = String(allowance.perSecond);
    if (verdict === 'refused') return this.#refuse(sequenceOf(frame), 'too-fast', limit);
    this.dismiss(encodeBye('too-fast', limit), 'too-fast');
  }

  #costOf(frame: ClientFrame): number {
    const { size } = this.#hall.directory;
    if (frame.kind === 'who') return rosterCost(size);
    if (frame.kind !== 'send') return 1;
    return messageCost(frame.letter.length, isNameOn(frame.envelope, EVERYONE_BYTES) ? size : 1);
  }

  #obey(frame: ClientFrame): void {
    switch (frame.kind) {
      case 'send':
        return this.#forward(frame.envelope, frame.letter);
      case 'confirm':
        return this.#confirm(frame.to, frame.sequence);
      case 'who':
        return this.#listPeople(frame.request);
      case 'ping':
        return this.hear(encodePong(frame.token));
      case 'join':
        return this.#refuse(0, 'already-joined', this.name);
      case 'bad-letter':
        return this.#refuse(frame.sequence, ...letterRefusal(frame.fault));
      case 'malformed':
        return this.#refuse(0, 'malformed', frame.why);
      case 'wrong-version':
        return this.#refuse(0, 'wrong-version', String(PROTOCOL_VERSION));
    }
  }

  #forward(envelope: Uint8Array, letter: Uint8Array): void {
    const last = this.#lastRecipient;
    if (last !== undefined && last.#state === 'joined' && isNameOn(envelope, last.#identity.nameBytes)) {
      return this.#deliver(last, this.#identity.deliver, letter);
    }
    const to = nameOn(envelope);
    if (to === undefined) return this.#refuse(letterSequence(letter), 'invalid-text', '');
    if (to === EVERYONE && this.#hall.directory.size > 1) return this.#deliverToAll(letter);
    const recipient = this.#hall.directory.find(to);
    if (recipient === undefined) return this.#refuse(letterSequence(letter), 'unknown-recipient', to);
    this.#lastRecipient = recipient;
    this.#deliver(recipient, this.#identity.deliver, letter);
  }

  #deliverToAll(letter: Uint8Array): void {
    for (const other of this.#hall.directory.users()) {
      // The refusals of one broadcast may be more than its sender's own queue holds.
      if (this.#state !== 'joined') return;
      if (other !== this) this.#deliver(other, this.#identity.deliverToAll, letter);
    }
  }

  #deliver(recipient: Session, head: Uint8Array, letter: Uint8Array): void {
    const outcome = recipient.#channel.send(head, letter);
    if (outcome === 'sent' || outcome === 'queued') {
      if (outcome === 'queued') recipient.#hasWaiting(this);
      return this.#hall.observer.routed?.(this.name, recipient.name, letterSequence(letter), letter.length);
    }
    if (outcome === 'closed') return this.#refuse(letterSequence(letter), 'unknown-recipient', recipient.name);
    this.#refuse(letterSequence(letter), 'recipient-too-slow', recipient.name);
    if (recipient.#channel.promises.reliable) recipient.#dismissAsTooSlow();
  }

  #hasWaiting(sender: Session): void {
    this.#waiting ??= new Set();
    this.#waiting.add(sender);
  }

  #confirm(to: string, sequence: number): void {
    this.#hall.directory.find(to)?.hear(encodeConfirmed(this.name, sequence));
  }

  #listPeople(request: number): void {
    for (const part of encodeRoster(request, [...this.#hall.directory.users()])) {
      // A roster may be larger than the queue: whoever asked is told so, and stays.
      if (this.#channel.send(part) === 'full') return this.#refuse(0, 'recipient-too-slow', this.name);
    }
  }

  #refuse(sequence: number, code: RefusalCode, about: string): void {
    this.#hall.observer.refused?.(this.name, code, about);
    this.hear(encodeRefused(sequence, code, about));
  }

  #dismissAsTooSlow(): void {
    this.dismiss(encodeBye('too-slow', String(this.#channel.queueLimitBytes)), 'too-slow');
  }

  #leave(departure: Departure): void {
    const wasHere = this.#state === 'joined';
    this.#state = 'gone';
    if (!wasHere) return;
    this.#hall.directory.release(this.name);
    this.#hall.census.left(this.#channel.remote);
    this.#hall.announcer.unwatch(this);
    this.#hall.observer.left?.(this, departure);
    this.#hall.announcer.announce(encodeLeft(this.name, departure), this, this.#waiting);
    // Whoever wrote to this user last still holds it: it must not hold others in turn.
    this.#lastRecipient = undefined;
    this.#waiting = undefined;
  }
}

/** A name with all that is made from it once, when it is first needed: who only listens needs none of it. */
class Identity {
  readonly name: string;
  #nameBytes: Uint8Array | undefined;
  #deliver: Uint8Array | undefined;
  #deliverToAll: Uint8Array | undefined;

  constructor(name: string) {
    this.name = name;
  }

  get nameBytes(): Uint8Array {
    this.#nameBytes ??= encodeText(this.name);
    return this.#nameBytes;
  }

  get deliver(): Uint8Array {
    this.#deliver ??= deliverEnvelope(this.name, false);
    return this.#deliver;
  }

  get deliverToAll(): Uint8Array {
    this.#deliverToAll ??= deliverEnvelope(this.name, true);
    return this.#deliverToAll;
  }
}

const NOBODY = new Identity('');
const EVERYONE_BYTES = encodeText(EVERYONE);

type JoinFrame = Extract<ClientFrame, { kind: 'join' }>;

/** The number of the message that a frame is about, or 0. */
function sequenceOf(frame: ClientFrame): number {
  if (frame.kind === 'send') return letterSequence(frame.letter);
  return frame.kind === 'bad-letter' ? frame.sequence : 0;
}

function refusalBeforeJoining(frame: ClientFrame): [RefusalCode, string] {
  if (frame.kind === 'malformed') return ['malformed', frame.why];
  return frame.kind === 'wrong-version' ? ['wrong-version', String(PROTOCOL_VERSION)] : ['not-joined', ''];
}

function letterRefusal(fault: LetterFault): [RefusalCode, string] {
  return fault === 'malformed' ? ['malformed', 'the letter is too short or has unknown flags'] : [fault, ''];
}
