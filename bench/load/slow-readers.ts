// One user in ten stops reading and is written to all the same, by two others each: what those notice of it who chat beside them, what
// the server keeps for the slow, and whether those who wrote to them are told.
import { MAX_FRAME_BYTES } from '../../src/core/limits.ts';
import type { ServerFrame } from '../../src/core/server-frame.ts';
import { DEFAULT_QUEUE_LIMIT_BYTES } from '../../src/core/transport.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import type { Wire } from '../crowd/crowd.ts';
import type { LightUser } from '../crowd/light-user.ts';
import { onTime } from '../crowd/on-time.ts';
import { peakBytes } from '../harness/process-costs.ts';
import { mib, type Row } from '../harness/table.ts';
import { type ChatFigures, comparedAccounts, comparedWords, converse, isClosed } from './chat.ts';
import { numberedBody } from './numbered-body.ts';
import type { LoadSettings } from './settings.ts';
import { eventually, joined, onStage } from './stage.ts';

export interface SlowReaderFigures {
  readonly slow: number;
  /** Who chat, and neither are slow nor write to the slow. */
  readonly others: number;
  /** Others alone, then the same beside slow ones who are written to. */
  readonly without: ChatFigures;
  readonly beside: ChatFigures;
  readonly rssBeforeBytes: number;
  readonly peakBytes: number;
  /** How many users went, and how: the slow are to end as too slow, over TCP, and nobody else is to end at all. */
  readonly departures: Readonly<Record<string, number>>;
  readonly writtenToSlow: number;
  /** Of the pairs of a slow reader and one who wrote to him, how many writers heard that he was too slow. */
  readonly pairs: number;
  readonly told: number;
}

/** Over TCP a queue of 1 MiB and the kernel's buffers are to be filled; over UDP the reader's own 208 KiB. */
const BODY_BYTES = { tcp: 50_000, udp: 1000 } as const;
const WRITTEN_TO_EACH_BYTES = { tcp: 5.25 * 2 ** 20, udp: 150 * 2 ** 10 } as const;
const WRITERS_EACH = 2;
/** Over UDP nothing waits in the server: what grows is garbage. */
const BESIDE_UDP_BYTES = 64 * 2 ** 20;
/**
 * So many slow ones are written to at a time. On the loopback Linux takes 3.9 MiB for a connection that nobody reads before the
 * server's own queue begins; a thousand at once would be more than all TCP may have (tcp_mem), whoever else uses it.
 */
const WAVE = 100;
/** No faster than this: large bodies are work for the server, whoever reads them, and that is not what is asked here. */
const BYTES_PER_SECOND = 48 * 2 ** 20;

export function measureSlowReaders(settings: LoadSettings): Promise<SlowReaderFigures> {
  const { wire, users, seconds } = settings;
  return onStage(settings, async (stage) => {
    const everybody = await joined(stage, users);
    const slow = everybody.slice(0, Math.floor(users / 10));
    // Whoever writes large bodies waits behind them himself: he is none of those whose delay is measured.
    const writers = everybody.slice(slow.length, (1 + WRITERS_EACH) * slow.length);
    const others = everybody.slice(slow.length + writers.length);
    const without = await converse(stage, others, seconds);
    const { rssBytes } = await stage.server.api.look(undefined);
    for (const user of slow) user.stopReading();
    const flood = new Flood(slow, writers, BODY_BYTES[wire]);
    const floodSeconds = Math.max(0.9 * seconds, (slow.length * WRITTEN_TO_EACH_BYTES[wire]) / BYTES_PER_SECOND);
    const rounds = Math.ceil(WRITTEN_TO_EACH_BYTES[wire] / BODY_BYTES[wire]);
    const [beside] = await Promise.all([
      converse(stage, others, floodSeconds / 0.9, (user, frame) => flood.hear(user, frame)),
      flood.pour(rounds, floodSeconds),
    ]);
    const departures = async () => (await stage.server.api.refusedAndGone(undefined)).departures;
    const haveEnded = async () => (await departures())['too-slow'] === slow.length;
    // The last of them may end when all is written, and the news of it is on its way.
    if (wire === 'tcp') await eventually(async () => flood.told === flood.pairs && (await haveEnded()), 5000);
    return {
      slow: slow.length,
      others: others.length,
      without,
      beside,
      rssBeforeBytes: rssBytes,
      peakBytes: peakBytes(stage.server.pid),
      departures: await departures(),
      writtenToSlow: flood.written,
      pairs: flood.pairs,
      told: flood.told,
    };
  });
}

/** What is written to the slow, each by the same few, until they hear that he is too slow. */
class Flood {
  written = 0;
  told = 0;
  readonly pairs: number;
  readonly #slow: readonly LightUser[];
  /** Of each slow reader, by name, those who have not been told yet. */
  readonly #untold: Map<string, Set<LightUser>>;
  readonly #body: Uint8Array;

  constructor(slow: readonly LightUser[], writers: readonly LightUser[], bodyBytes: number) {
    this.#slow = slow;
    this.pairs = slow.length * WRITERS_EACH;
    this.#body = numberedBody(2 ** 35 - 1, bodyBytes);
    const writersOf = (at: number) => writers.slice(at * WRITERS_EACH, (at + 1) * WRITERS_EACH);
    this.#untold = new Map(slow.map(({ name }, at) => [name, new Set(writersOf(at))]));
  }

  pour(rounds: number, seconds: number): Promise<void> {
    const wave = Math.min(WAVE, this.#slow.length);
    const count = Math.ceil(this.#slow.length / wave) * wave * rounds;
    return onTime({ originNs: monotonicNs(), count, intervalNs: (seconds * 1e9) / count }, (index) => {
      const reader = this.#slow[Math.floor(index / (wave * rounds)) * wave + (index % wave)];
      if (reader === undefined) return;
      const { name } = reader;
      const writers = [...this.#untold.get(name)!];
      const writer = writers[Math.floor(index / wave) % writers.length];
      if (writer === undefined) return;
      writer.write(name, this.#body);
      this.written++;
    });
  }

  hear(user: LightUser, frame: ServerFrame): void {
    if (frame.kind === 'refused') this.#tell(frame.about, user);
    else if (frame.kind === 'left') this.#tell(frame.name, user);
  }

  #tell(about: string, user: LightUser): void {
    if (this.#untold.get(about)?.delete(user)) this.told++;
  }
}

export function slowReaderRows({ wire }: LoadSettings, figures: SlowReaderFigures): Row[] {
  const { slow, others, without, beside, rssBeforeBytes, writtenToSlow } = figures;
  const many = slow.toLocaleString('en');
  // A wave that fills and the one before it that lingers, each a queue and a frame; as much again may not be collected yet.
  const queuesBytes = 4 * Math.min(WAVE, slow) * (DEFAULT_QUEUE_LIMIT_BYTES + MAX_FRAME_BYTES);
  const limitBytes = wire === 'tcp' ? queuesBytes : BESIDE_UDP_BYTES;
  const grownBytes = figures.peakBytes - rssBeforeBytes;
  const rows: Row[] = [
    {
      what: `${wire}: ${others.toLocaleString('en')} chat beside ${many} who do not read`,
      measured: comparedWords(without, beside),
    },
    {
      what: `${wire}: where their messages are`,
      measured: comparedAccounts(without, beside),
      wanted: wire === 'tcp' ? 'all delivered' : 'all accounted for',
      isReached: [without, beside].every((chat) => isClosed(chat, wire)),
    },
    {
      what: `${wire}: the server's memory, ${writtenToSlow.toLocaleString('en')} messages of ${BODY_BYTES[wire].toLocaleString('en')} bytes to the slow`,
      measured: `at most ${mib(figures.peakBytes)}, ${mib(grownBytes)} more than before`,
      wanted: `at most ${mib(limitBytes)} more`,
      isReached: grownBytes <= limitBytes,
    },
  ];
  return [...rows, endRow(wire, figures)];
}

function endRow(wire: Wire, { slow, departures, pairs, told }: SlowReaderFigures): Row {
  const ended = Object.entries(departures).map(([how, count]) => `${count.toLocaleString('en')} ended as ${how}`);
  const isTcp = wire === 'tcp';
  const allTold = departures['too-slow'] === slow && ended.length === 1 && told === pairs;
  return {
    what: `${wire}: what becomes of the slow`,
    measured: `${ended.join(', ') || 'all stay'}; ${told.toLocaleString('en')} of ${pairs.toLocaleString('en')} writers were told`,
    wanted: isTcp ? 'all end as too-slow, and nobody else; all writers are told' : 'all stay',
    isReached: isTcp ? allTold : ended.length === 0,
  };
}
