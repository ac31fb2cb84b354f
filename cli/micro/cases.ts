// What is measured, one operation each. A closed loop: fit for code that computes, never for a network.
import { Arena } from '../../src/core/arena.ts';
import { encodeJoin, parseClientFrame, sendEnvelope } from '../../src/core/client-frame.ts';
import { encodeLetter, Letter } from '../../src/core/letter.ts';
import { Router } from '../../src/core/router.ts';
import type { Channel, ChannelEvents } from '../../src/core/transport.ts';
import { linkModel } from '../../src/link/model.ts';
import { parseDirectionProfile } from '../../src/link/parse-profile.ts';
import { FrameDecoder } from '../../src/tcp/framing.ts';
import { Outbox } from '../../src/tcp/outbox.ts';
import { TCP_PROMISES } from '../../src/tcp/promises.ts';
import { parseDatagram, sessionPrefix } from '../../src/udp/datagram.ts';
import { join } from '../../src/udp/outlet.ts';

export interface MicroCase {
  readonly name: string;
  /** How many messages or packets one call deals with. */
  readonly perCall: number;
  readonly call: () => unknown;
}

const BODY = new Uint8Array(200).fill(0x61);
const BATCH = 256;
/** Packets of 1500 bytes, one after another at 1 Gbit/s. */
const PACKET_INTERVAL_NS = 12_000;

export function microCases(): MicroCase[] {
  return [...codecCases(), ...framingCases(), ...routerCases(), ...linkCases()];
}

function codecCases(): MicroCase[] {
  const arena = new Arena();
  const content = { sequence: 1, wantsReceipt: false, subject: 'greetings', body: BODY };
  const text = 'Olá, tudo bem? '.repeat(13);
  const letter = new Letter(encodeLetter({ ...content, body: text }, arena));
  const frame = sendFrame('Usuario1');
  return [
    { name: 'codec: encode a letter of 200 bytes', perCall: 1, call: () => encodeLetter(content, arena) },
    { name: 'codec: encode a letter of text', perCall: 1, call: () => encodeLetter({ ...content, body: text }, arena) },
    { name: 'codec: parse a SEND frame', perCall: 1, call: () => parseClientFrame(frame) },
    { name: 'codec: read the text of a letter', perCall: 1, call: () => letter.body.length },
  ];
}

function framingCases(): MicroCase[] {
  const frame = sendFrame('Usuario1');
  const outbox = new Outbox();
  const nothing = new Uint8Array(0);
  const fill = () => {
    for (let i = 0; i < BATCH; i++) outbox.add(frame, nothing);
    return outbox.take();
  };
  const stream = fill();
  const decoder = new FrameDecoder(TCP_PROMISES.maxFrameBytes);
  const prefix = sessionPrefix({ high: 1, low: 2 }).data;
  const datagram = join(prefix, frame, nothing);
  return [
    { name: 'framing: tcp, 256 frames into one block', perCall: BATCH, call: fill },
    { name: 'framing: tcp, one block into 256 frames', perCall: BATCH, call: () => decoder.feed(stream, () => {}) },
    { name: 'framing: udp, a frame into a datagram', perCall: 1, call: () => join(prefix, frame, nothing) },
    { name: 'framing: udp, a datagram into a frame', perCall: 1, call: () => parseDatagram(datagram) },
  ];
}

function routerCases(): MicroCase[] {
  return [2, 100].map((users) => {
    const router = new Router();
    const sessions = Array.from({ length: users }, () => joinWith(router));
    const toOne = sendFrame('Usuario1');
    const toAll = sendFrame('*');
    return users === 2
      ? { name: 'router: a message from one to one', perCall: 1, call: () => sessions[0]!.frame(toOne, 0) }
      : {
          name: 'router: a message from one to 99 others',
          perCall: users - 1,
          call: () => sessions[0]!.frame(toAll, 0),
        };
  });
}

function linkCases(): MicroCase[] {
  const profiles = {
    nothing: {},
    everything: {
      rate: '1gbit',
      queue: '10MB',
      delay: '20ms',
      jitter: '5ms',
      loss: '1%',
      reorder: '1%',
      duplicate: '1%',
      corrupt: '1%',
    },
  };
  return Object.entries(profiles).map(([name, profile]) => {
    const model = linkModel(parseDirectionProfile(profile), 'up', { mode: 'time', seed: 1 });
    const packet = { sizeBytes: 1500, offeredNs: 0 };
    const offer = () => {
      packet.offeredNs += PACKET_INTERVAL_NS;
      return model.offer(packet);
    };
    return { name: `link: a packet through ${name}`, perCall: 1, call: offer };
  });
}

function sendFrame(to: string): Uint8Array {
  const letter = encodeLetter({ sequence: 1, wantsReceipt: false, subject: '', body: BODY }, new Arena());
  return Uint8Array.of(...sendEnvelope(to), ...letter);
}

function joinWith(router: Router): ChannelEvents {
  const session = router.accept(new NowhereChannel());
  session.frame(encodeJoin('', false), 0);
  return session;
}

class NowhereChannel implements Channel {
  readonly transport = 'nowhere';
  readonly promises = TCP_PROMISES;
  readonly remote = '';
  readonly queueLimitBytes = 0;
  send(): 'sent' {
    return 'sent';
  }
  close(): void {}
  abort(): void {}
}
