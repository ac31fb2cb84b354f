// The emulator as its controller calls it: a process in a network namespace of its own, with a host on either side. When
// it ends, however it ends, both hosts and their devices are gone.
import type { Chance } from '../chance.ts';
import type { Direction } from '../impairment.ts';
import type { Lateness } from '../lateness.ts';
import { counted, emptyLedger } from '../ledger.ts';
import { type LinkModel, linkModel } from '../model.ts';
import type { LinkProfile } from '../profile.ts';
import { type Capture, openCapture } from './capture.ts';
import { type Crossing, Emulator } from './emulator.ts';
import { attachDevice, DEVICE, type Host, type HostName, startHost } from './hosts.ts';
import { loadLibc } from './libc.ts';
import { both, type PathRecord, PathRecorder } from './path-recorder.ts';

export interface LinkPlan {
  readonly profile: LinkProfile;
  readonly chance: Chance;
  readonly recordsPackets: boolean;
}

export interface PathReport extends PathRecord {
  /** How much later than due the emulator wrote. */
  readonly lateness: Lateness;
}

export interface EmulatorApi {
  /** Makes the hosts and the wire between them, which does nothing to packets yet; answers the hosts' processes. */
  setUp(settings: { readonly mtuBytes: number }): Promise<Record<HostName, number>>;
  /** Puts this link between the hosts. Its time zero is now, until `begin`. */
  open(plan: LinkPlan): void;
  /** Starts the link's time, channel and records anew at this instant of the machine's clock. */
  begin(originNs: number): void;
  /** Takes the link away again and answers what it saw since it began. */
  close(nothing: undefined): PathReport;
  /** Writes every packet from now on to a file, until the process ends or another file is named. */
  capture(file: string): void;
  endCapture(nothing: undefined): void;
}

const CLEAN: LinkPlan = { profile: { up: {}, down: {} }, chance: { mode: 'time', seed: 0 }, recordsPackets: false };

/** @param clock the machine's monotonic clock */
export function emulatorProcess(clock: () => number): EmulatorApi {
  let emulator: Emulator | undefined;
  let recorder: PathRecorder | undefined;
  let capture: Capture | undefined;
  let plan = CLEAN;

  function cross(originNs: number): Crossing {
    const ledger = emptyLedger();
    const models = {
      up: counted(linkModel(plan.profile.up, 'up', plan.chance), ledger.up),
      down: counted(linkModel(plan.profile.down, 'down', plan.chance), ledger.down),
    };
    const { recordsPackets } = plan;
    recorder = new PathRecorder({ originNs, ledger, bottlenecks: bottlenecks(plan.profile, models), recordsPackets });
    const crossing = { originNs, models, observer: capture === undefined ? recorder : both(recorder, capture) };
    emulator?.cross(crossing);
    return crossing;
  }

  process.on('exit', () => capture?.close());
  return {
    async setUp({ mtuBytes }) {
      const libc = await loadLibc();
      const hosts: Host[] = [];
      const devices: Record<HostName, number> = { server: -1, clients: -1 };
      for (const name of ['server', 'clients'] as const) {
        const host = await startHost(name);
        hosts.push(host);
        devices[name] = libc.openTun(DEVICE);
        await attachDevice(host, mtuBytes);
      }
      emulator = new Emulator({ libc, devices, mtuBytes, clock }, cross(clock()));
      emulator.run();
      return { server: hosts[0]!.pid, clients: hosts[1]!.pid };
    },
    open(next) {
      plan = next;
      cross(clock());
    },
    begin: (originNs) => void cross(originNs),
    close() {
      const report = { ...recorder!.record(), lateness: emulator!.lateness() };
      plan = CLEAN;
      cross(clock());
      return report;
    },
    capture(file) {
      capture?.close();
      capture = openCapture(file, clock);
      cross(clock());
    },
    endCapture() {
      capture?.close();
      capture = undefined;
      cross(clock());
    },
  };
}

function bottlenecks(
  profile: LinkProfile,
  models: Record<Direction, LinkModel>,
): Partial<Record<Direction, LinkModel>> {
  return { ...(profile.up.rate && { up: models.up }), ...(profile.down.rate && { down: models.down }) };
}
