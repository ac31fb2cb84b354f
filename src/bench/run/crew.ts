// The processes of a run, started when they are needed: chat servers on one host, workers on the other. A contestant whose
// server has other settings has a server of its own. A crew is dismissed once and for good: after a trial that failed, a new
// one takes its place, and whatever was given up half-way finds nobody to go on with.
import type { ChildProcess } from 'node:child_process';
import { dismiss, howItEnded, type Remote, remote } from '../../rpc.ts';
import type { Rig } from '../rig/rig.ts';
import type { Contestant } from '../scenario/scenario.ts';
import type { WorkerApi } from '../worker/worker.ts';
import type { ServerApi, ServerLoad } from './server-process.ts';

export interface CrewOptions {
  readonly rig: Rig;
  readonly programs: { readonly server: URL; readonly worker: URL };
}

export interface RunningServer {
  readonly port: number;
  /** Undefined of one that is not ours. */
  load(): Promise<ServerLoad | undefined>;
  kill(): void;
}

export class Crew {
  readonly #options: CrewOptions;
  #children: ChildProcess[] = [];
  readonly #servers = new Map<string, RunningServer>();
  #workers: Remote<WorkerApi>[] = [];
  #onDeath: (why: Error) => void = () => {};
  #isDismissed = false;

  constructor(options: CrewOptions) {
    this.#options = options;
    void options.rig.broken.then(() =>
      this.#onDeath(new Error(`the ${options.rig.backend} link ended before its time`)),
    );
  }

  /** Rejects when one of the processes ends, from now on: what is measured without it would be no measurement. */
  death(): Promise<never> {
    return new Promise((_, reject) => {
      this.#onDeath = reject;
    });
  }

  /** Sockets have the settings of the moment at which they were made: the hosts' must be in force. */
  async server({ transport, knobs, kernel }: Contestant, others: readonly string[]): Promise<RunningServer> {
    const transports = [...new Set([transport, ...others])];
    if (this.#options.rig.external !== undefined) return this.#options.rig.external;
    const key = JSON.stringify([transports, knobs, kernel]);
    const running = this.#servers.get(key);
    if (running !== undefined) return running;
    const { programs, rig } = this.#options;
    const child = this.#launch('server', 'server', programs.server);
    const api = remote<ServerApi>(child, 'server');
    const port = await api.listen({ transports, host: rig.serverHost, knobs });
    const server = {
      port,
      load: () => api.load(undefined),
      kill: () => {
        this.#servers.delete(key);
        child.kill('SIGKILL');
      },
    };
    this.#servers.set(key, server);
    return server;
  }

  workers(count: number): Remote<WorkerApi>[] {
    const { programs } = this.#options;
    while (this.#workers.length < count) {
      this.#workers.push(remote<WorkerApi>(this.#launch('clients', 'worker', programs.worker), 'worker'));
    }
    return this.#workers.slice(0, count);
  }

  /** Ends all of them, and starts none from now on. */
  async dismiss(): Promise<void> {
    this.#isDismissed = true;
    const children = this.#children;
    this.#children = [];
    this.#servers.clear();
    this.#workers = [];
    await Promise.all(children.map(dismiss));
  }

  #launch(host: 'server' | 'clients', role: string, program: URL): ChildProcess {
    if (this.#isDismissed) throw new Error(`no ${role} process is started for a run that was given up`);
    const child = this.#options.rig.launch(host, program);
    this.#children.push(child);
    child.once('exit', () => {
      if (this.#children.includes(child)) this.#onDeath(new Error(`the ${role} process ended (${howItEnded(child)})`));
    });
    return child;
  }
}
