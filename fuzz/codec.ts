// The parsers of frames, letters and datagrams, and who is fed with them: any bytes, and legal ones changed a little.
import fc from 'fast-check';
import { Arena } from '../src/core/arena.ts';
import { Client } from '../src/core/client.ts';
import {
  type ClientFrame,
  encodeConfirm,
  encodeJoin,
  encodePing,
  encodeWho,
  type MalformedFrame,
  parseClientFrame,
  sendEnvelope,
} from '../src/core/client-frame.ts';
import { nameOn } from '../src/core/envelope.ts';
import { encodeLetter, Letter } from '../src/core/letter.ts';
import { Router } from '../src/core/router.ts';
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
  parseServerFrame,
  type RosterPart,
  type ServerFrame,
} from '../src/core/server-frame.ts';
import type { Rate } from '../src/core/token-bucket.ts';
import type { ChannelEvents } from '../src/core/transport.ts';
import {
  concat,
  type Datagram,
  encodeCookie,
  encodeDenied,
  encodeHello,
  encodeOpen,
  encodeOpened,
  encodeUnknown,
  parseDatagram,
  sessionPrefix,
} from '../src/udp/datagram.ts';
import { FakeChannel, RELIABLE, UNRELIABLE } from '../test/support/fake-channel.ts';
import { hex } from '../test/support/hex.ts';
import { EVERYTHING, madeBytes, recipes } from './legal-frames.ts';
import { must, target } from './target.ts';

export const codec = target({
  name: 'codec',
  batchInputs: 20_000,
  inputs: fc.array(recipes(EVERYTHING.length), { minLength: 1, maxLength: 3 }),
  check: (made) => checkAll(made.map((recipe) => madeBytes(EVERYTHING, recipe))),
  show: (made) => made.map((recipe) => hex(madeBytes(EVERYTHING, recipe))),
});

function checkAll(inputs: readonly Uint8Array[]): void {
  for (const bytes of inputs) {
    checkParsers(bytes);
    checkDatagram(bytes);
  }
  checkClient(inputs);
  for (const promises of [RELIABLE, UNRELIABLE]) checkSession(inputs, promises);
  checkSession(inputs, RELIABLE, SOON_TOO_FAST);
}

/** What was read as legal is written as it was. */
function checkParsers(bytes: Uint8Array): void {
  const asked = parseClientFrame(bytes);
  mustBe(isFault(asked) ? undefined : written(asked), bytes, asked);
  const told = parseServerFrame(bytes);
  mustBe(isFault(told) ? undefined : writtenByServer(told), bytes, told);
}

/** @param again undefined: there is nothing to compare with */
function mustBe(again: Uint8Array | undefined, bytes: Uint8Array, read: { readonly kind: string }): void {
  must(
    again === undefined || Buffer.compare(again, bytes) === 0,
    () => `read as ${read.kind}, which is written as ${hex(again!)}`,
  );
}

type Legal<Frame> = Exclude<Frame, MalformedFrame>;

function isFault(frame: ClientFrame | ServerFrame): frame is MalformedFrame {
  if (frame.kind === 'malformed') must(frame.why.length > 0, 'malformed without a reason');
  return frame.kind === 'malformed' || frame.kind === 'bad-letter' || frame.kind === 'wrong-version';
}

function written(frame: Legal<ClientFrame>): Uint8Array | undefined {
  switch (frame.kind) {
    case 'join':
      return encodeJoin(frame.name, frame.wantsPresence, frame.proof);
    case 'send':
      return messageAgain(frame, sendEnvelope);
    case 'who':
      return encodeWho(frame.request);
    case 'confirm':
      return encodeConfirm(frame.to, frame.sequence);
    case 'ping':
      return encodePing(frame.token);
  }
}

function writtenByServer(frame: Legal<ServerFrame>): Uint8Array | undefined {
  switch (frame.kind) {
    case 'welcome':
      return encodeWelcome(frame.name, frame.proof);
    case 'deliver':
      return messageAgain(frame, (from) => deliverEnvelope(from, frame.toAll));
    case 'confirmed':
      return encodeConfirmed(frame.from, frame.sequence);
    case 'roster':
      return rosterAgain(frame);
    case 'joined':
      return encodeJoined(frame);
    case 'left':
      return encodeLeft(frame.name, frame.departure);
    case 'refused':
      return encodeRefused(frame.sequence, frame.code, frame.about);
    case 'pong':
      return encodePong(frame.token);
    case 'bye':
      return encodeBye(frame.code, frame.about);
    case 'challenge':
      return encodeChallenge(frame.challenge);
  }
}

const arena = new Arena();

/** Undefined where the name is not text: the router looks at it when it needs it. */
function messageAgain(
  { envelope, letter }: { readonly envelope: Uint8Array; readonly letter: Uint8Array },
  head: (name: string) => Uint8Array,
): Uint8Array | undefined {
  const { sequence, wantsReceipt, subject, body } = new Letter(letter);
  const isEmpty = letter[5] === 0;
  const again = encodeLetter({ sequence, wantsReceipt, subject: isEmpty ? '' : subject, body }, arena);
  mustBe(again, letter, { kind: 'a letter' });
  const name = nameOn(envelope);
  return name === undefined ? undefined : concat(head(name), again);
}

/** All parts of a roster look alike but for their numbers. */
function rosterAgain({ request, part, parts, people }: RosterPart): Uint8Array {
  const [whole] = encodeRoster(request, people, Number.POSITIVE_INFINITY);
  const view = new DataView(whole!.buffer);
  view.setUint16(6, part);
  view.setUint16(8, parts);
  return whole!;
}

function checkDatagram(bytes: Uint8Array): void {
  const datagram = parseDatagram(bytes);
  const again = datagramAgain(datagram);
  if (again === undefined) return;
  // What pads HELLO, and follows in UNKNOWN, has no meaning.
  const isPadded = datagram.kind === 'hello' || datagram.kind === 'unknown';
  must(bytes.length >= again.length, `${datagram.kind} was read from ${bytes.length} bytes`);
  mustBe(isPadded ? again.subarray(0, 9) : again, isPadded ? bytes.subarray(0, 9) : bytes, datagram);
}

const NOTHING = new Uint8Array(0);

function datagramAgain(datagram: Datagram): Uint8Array | undefined {
  switch (datagram.kind) {
    case 'hello':
      return encodeHello(datagram.nonce);
    case 'cookie':
      return encodeCookie(datagram.nonce, datagram.cookie);
    case 'open':
      return encodeOpen(datagram.nonce, datagram.cookie, datagram.frame);
    case 'opened':
      return encodeOpened(datagram.nonce, datagram.session, datagram.frame, NOTHING);
    case 'denied':
      return encodeDenied(datagram.nonce, datagram.frame, NOTHING);
    case 'data':
    case 'close':
      return concat(sessionPrefix(datagram.session)[datagram.kind], datagram.frame);
    case 'unknown':
      return encodeUnknown(datagram.session);
    case 'stray':
      must(datagram.why.length > 0, 'stray without a reason');
      return undefined;
  }
}

/** A client has said all that it can say, and hears these frames. */
function checkClient(frames: readonly Uint8Array[]): void {
  const channel = new FakeChannel();
  let closed = 0;
  const client = new Client({
    name: 'Ana',
    onEvent: (event) => {
      if (event.kind === 'message') must(typeof event.letter.body === 'string', 'a message without a body');
      if (event.kind === 'closed') closed++;
    },
  });
  channel.events = client.attach(channel);
  channel.send(client.opening());
  client.who();
  client.ping(0);
  client.send({ to: 'Bia', body: 'oi', wantsReceipt: true });
  for (const frame of frames) client.frame(frame, 1);
  client.close();
  must(closed === 1, `a client was told ${closed} times of its end`);
  for (const frame of channel.taken) mustBeLegal(parseClientFrame(frame), frame);
}

/** The frames come as the first of a client, and of one that has joined; another user listens. */
function checkSession(frames: readonly Uint8Array[], promises: typeof RELIABLE, rate?: Rate): void {
  const router = new Router({ maxUsers: 3, maxUsersPerNetwork: 3, rate });
  const channels: FakeChannel[] = [];
  const joining = (): ChannelEvents => {
    const channel = new FakeChannel(promises);
    channels.push(channel);
    channel.events = router.accept(channel);
    return channel.events;
  };
  joining().frame(ANA, 0);
  const joined = joining();
  joined.frame(BIA, 0);
  for (const frame of frames) joined.frame(frame, 1);
  const first = joining();
  for (const frame of frames) if (channels[2]!.ended === undefined) first.frame(frame, 1);
  must(router.userCount <= 3, 'more users than the limit');
  for (const channel of channels) {
    for (const frame of channel.taken) mustBeLegal(parseServerFrame(frame), frame);
    channel.end({ kind: 'left' });
  }
  must(router.userCount === 0, 'all have gone, and somebody is here');
}

const SOON_TOO_FAST: Rate = { perSecond: 1, burst: 1 };
const ANA = encodeJoin('Ana', true);
const BIA = encodeJoin('Bia', true);

function mustBeLegal(frame: ClientFrame | ServerFrame, bytes: Uint8Array): void {
  must(!isFault(frame), () => `${frame.kind} was sent: ${hex(bytes)}`);
}
