// A server with its clients, over the transport under test: everything that a test opens here ends with the test.
import { onTestFinished } from 'vitest';
import type { Channel, Clock, Listener, ListenOptions, Timing, Transport } from '../../src/core/transport.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { End, type Listen, text } from '../support/end.ts';
import type { Address, Faults, OpenLink, TestLink } from '../support/test-link.ts';
import { until } from '../support/until.ts';

/** What the suite is told of a transport. */
export interface Candidate {
  readonly transport: Transport;
  /** Puts a bad network between a client and a server of this transport. */
  readonly openLink: OpenLink;
  /** What both ends are told besides; without a word a transport has its defaults. */
  readonly knobs?: Knobs;
}

export type Knobs = Pick<ListenOptions, 'noDelay' | 'batching' | 'receiveBufferBytes'>;

export interface StageSettings {
  readonly host?: string;
  readonly port?: number;
  readonly clock?: Clock;
  readonly timing?: Partial<Timing>;
  readonly queueLimitBytes?: number;
  /** Called with every new end of the server, before its first frame. */
  readonly onAccept?: (end: End) => void;
  /** What the server does with frames; it answers the first one by default. */
  readonly onFrame?: Listen;
}

export const WELCOME = 'welcome';
export const FAREWELL = 'farewell';
const LOCALHOST = '127.0.0.1';

/** One client and the server's end of its channel, both past the opening. */
export interface Pair {
  readonly client: End;
  readonly server: End;
}

export class Stage {
  readonly candidate: Candidate;
  readonly listener: Listener;
  readonly settings: StageSettings;
  /** The server's ends, in the order in which they were accepted. */
  readonly ends: End[];
  #joined = 0;

  constructor(candidate: Candidate, listener: Listener, settings: StageSettings, ends: End[]) {
    this.candidate = candidate;
    this.listener = listener;
    this.settings = settings;
    this.ends = ends;
  }

  /** A client as soon as the transport gives it, with what it was told so far. */
  async connect(at: Address = this.listener, opening: Uint8Array = text('opening')): Promise<End> {
    const ends: End[] = [];
    const accept = (channel: Channel) => keep(ends, new End(channel));
    await this.candidate.transport.connect({
      clock: monotonicNs,
      ...this.candidate.knobs,
      ...this.settings,
      host: at.host,
      port: at.port,
      opening,
      accept,
    });
    return ends[0]!;
  }

  /** A client that has had its welcome. */
  async join(at?: Address): Promise<Pair> {
    const opening = `opening ${this.#joined++}`;
    const client = await this.connect(at, text(opening));
    await until(() => client.texts.includes(WELCOME), 'the welcome came');
    const server = this.ends.find((end) => end.texts[0] === opening)!;
    client.forget();
    server.forget();
    return { client, server };
  }

  /** Waits until everything that was under way before has had its time: another client has come, been answered and gone. */
  async settle(): Promise<void> {
    const { client, server } = await this.join();
    client.channel.close();
    await until(() => server.isClosed, 'another client went');
  }

  async openLink(faults?: Faults): Promise<TestLink> {
    const link = await this.candidate.openLink(this.listener, faults);
    onTestFinished(() => link.close());
    return link;
  }
}

export async function openStage(candidate: Candidate, settings: StageSettings = {}): Promise<Stage> {
  const ends: End[] = [];
  const listener = await candidate.transport.listen({ ...candidate.knobs, ...listenOptions(settings, ends) });
  onTestFinished(() => listener.close());
  return new Stage(candidate, listener, settings, ends);
}

export function listenOptions(settings: StageSettings = {}, ends: End[] = []): ListenOptions {
  const { onAccept, onFrame = welcomeFirst, ...options } = settings;
  return {
    host: LOCALHOST,
    port: 0,
    clock: monotonicNs,
    ...options,
    farewell: () => text(FAREWELL),
    accept: (channel) => {
      const end = keep(ends, new End(channel, onFrame));
      onAccept?.(end);
      return end;
    },
  };
}

export function welcomeFirst(_bytes: Uint8Array, end: End): void {
  if (end.frames.length === 1 && end.texts[0]!.startsWith('opening')) end.channel.send(text(WELCOME));
}

function keep(ends: End[], end: End): End {
  ends.push(end);
  return end;
}
