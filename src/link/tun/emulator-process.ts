// The emulator as its controller calls it: a process in a network namespace of its own, with a host on either side. When
// it ends, however it ends, both hosts and their devices are gone.
import type { Chance } from '../chance.ts';
import type { Direction } from '../impairment.ts';
import type { Lateness } from '../lateness.ts';
import { countedModels, emptyLedger } from '../ledger.ts';
import type { LinkModel } from '../model.ts';
import type { LinkNews } from '../news.ts';
import type { LinkProfile } from '../profile.ts';
import { standstillMeter } from '../standstill.ts';
import { noArrivals } from './arrivals.ts';
import { type Capture, openCapture } from './capture.ts';
import { type Crossing, Emulator, type PathObserver } from './emulator.ts';
import { attachDevice, DEVICE, type Host, type HostName, startHost } from './hosts.ts';
import { loadLibc } from './libc.ts';
import { NewsRecorder } from './news-recorder.ts';
import { both, emptyStreamMemory, type PacketTable, type PathRecord, PathRecorder } from './path-recorder.ts';

export interface LinkPlan {
  readonly profile: LinkProfile;
  readonly chance: Chance;
  readonly recordsPackets: boolean;
  /**
   * Bytes, one or more, that stand before the number (8 lower-case hexadecimal digits) of each message that a program
   * sends. With it the records of UDP packets and of arrivals tell which message it was.
   */
  readonly mark?: Uint8Array;
  /** Whether somebody asks for news of it. */
  readonly tellsNews?: boolean;
}

export interface PathReport extends PathRecord {
  /** How much later than due the emulator wrote. */
  readonly lateness: Lateness;
  /** The longest since it began. */
  readonly stoodStillMs: number;
}

export interface EmulatorApi {
  /** Makes the hosts and the wire between them, which does nothing to packets yet; answers the hosts' processes. */
  setUp(settings: { readonly mtuBytes: number }): Promise<Record<HostName, number>>;
  /** Puts this link between the hosts. Its time zero is now, until `begin`. */
  open(plan: LinkPlan): void;
  /**
   * Starts the link's time, channel and records anew at this instant of the machine's clock; answers the packets since it
   * was opened.
   */
  begin(originNs: number): PacketTable;
  /** Makes the link another one while it carries: its time, its ledger and what is on its way go on. */
  change(profile: LinkProfile): void;
  /** Since the link was opened, or since it was last asked. */
  news(nothing: undefined): LinkNews;
  /** How many packets are on their way now. */
  inFlight(nothing: undefined): number;
  /** Takes the link away again and answers what it saw since it began. */
  close(nothing: undefined): PathReport;
  /** Writes every packet from now on to a file, until the process ends or another file is named. */
  capture(file: string): void;
  /** Rejects where not all could be written. */
  endCapture(nothing: undefined): void;
}

const CLEAN: LinkPlan = { profile: { up: {}, down: {} }, chance: { mode: 'time', seed: 0 }, recordsPackets: false };

/** @param clock the machine's monotonic clock */
export function emulatorProcess(clock: () => number): EmulatorApi {
  let emulator: Emulator | undefined;
  let recorder: PathRecorder | undefined;
  let news: NewsRecorder | undefined;
  let capture: Capture | undefined;
  let plan = CLEAN;
  let streams = emptyStreamMemory();
  let crossing: Crossing | undefined;
  const stoodStillMs = standstillMeter();

  function cross(originNs: number): Crossing {
    const ledger = emptyLedger();
    const models = countedModels(plan.profile, plan.chance, ledger);
    const { recordsPackets, mark } = plan;
    recorder = new PathRecorder({
      originNs,
      ledger,
      bottlenecks: bottlenecks(plan.profile, models),
      recordsPackets,
      mark,
      streams,
    });
    const observer = [news, capture].reduce<PathObserver>(
      (all, other) => (other === undefined ? all : both(all, other)),
      recorder,
    );
    crossing = { originNs, models, observer, completesChecksums: capture !== undefined };
    emulator?.cross(crossing);
    return crossing;
  }

  process.on('exit', () => {
    try {
      capture?.close();
    } catch {
      // Whoever asked for it is gone.
    }
  });
  return {
    async setUp({ mtuBytes }) {
      const libc = await loadLibc();
      const hosts: Host[] = [];
      const devices: Record<HostName, number> = { server: -1, clients: -1 };
      for (const name of ['server', 'clients'] as const) {
        const host = await startHost(name);
        hosts.push(host);
        devices[name] = libc.openTun(DEVICE, 'frames');
        await attachDevice(host, mtuBytes);
      }
      emulator = new Emulator({ libc, devices, mtuBytes }, cross(clock()));
      emulator.run();
      return { server: hosts[0]!.pid, clients: hosts[1]!.pid };
    },
    open(next) {
      plan = next;
      streams = emptyStreamMemory();
      news = plan.tellsNews ? new NewsRecorder() : undefined;
      cross(clock());
    },
    change(profile) {
      plan = { ...plan, profile };
      const models = countedModels(profile, plan.chance, recorder!.record().ledger);
      recorder!.sample(bottlenecks(profile, models));
      crossing = { ...crossing!, models };
      emulator?.cross(crossing);
    },
    news: () => ({
      ledger: recorder!.record().ledger,
      ...(news?.take() ?? { lost: [], arrivals: noArrivals() }),
    }),
    begin(originNs) {
      const { packets } = recorder!.record();
      stoodStillMs();
      cross(originNs);
      return packets;
    },
    inFlight: () => emulator?.inFlight ?? 0,
    close() {
      const report = { ...recorder!.record(), lateness: emulator!.lateness(), stoodStillMs: stoodStillMs() };
      plan = CLEAN;
      news = undefined;
      streams = emptyStreamMemory();
      cross(clock());
      return report;
    },
    capture(file) {
      capture?.close();
      capture = openCapture(file, clock);
      cross(clock());
    },
    endCapture() {
      const ending = capture;
      capture = undefined;
      cross(clock());
      ending?.close();
    },
  };
}

function bottlenecks(
  profile: LinkProfile,
  models: Record<Direction, LinkModel>,
): Partial<Record<Direction, LinkModel>> {
  return { ...(profile.up.rate && { up: models.up }), ...(profile.down.rate && { down: models.down }) };
}
