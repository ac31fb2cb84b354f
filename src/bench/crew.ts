// The processes of a run, started when they are needed: the chat server on one host, the workers on the other. After a
// trial that failed all of them are started anew.
import type { ChildProcess } from 'node:child_process';
import { dismiss, type Remote, remote } from '../rpc.ts';
import type { Rig } from './rig.ts';
import type { Scenario } from './scenario.ts';
import type { ServerApi } from './server-process.ts';
import type { WorkerApi } from './worker.ts';

export interface CrewOptions {
  readonly rig: Rig;
  readonly scenario: Scenario;
  readonly programs: { readonly server: URL; readonly worker: URL };
}

export class Crew {
  readonly #options: CrewOptions;
  #children: ChildProcess[] = [];
  #server: { child: ChildProcess; port: number } | undefined;
  #workers: Remote<WorkerApi>[] = [];
  #onDeath: (why: Error) => void = () => {};

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

  async serverPort(): Promise<number> {
    if (this.#server !== undefined) return this.#server.port;
    const { programs, scenario, rig } = this.#options;
    const child = this.#launch('server', 'server', programs.server);
    const at = { transports: scenario.transports, host: rig.serverHost };
    this.#server = { child, port: await remote<ServerApi>(child, 'server').listen(at) };
    return this.#server.port;
  }

  workers(): Remote<WorkerApi>[] {
    const { programs, scenario } = this.#options;
    while (this.#workers.length < scenario.workload.workers) {
      this.#workers.push(remote<WorkerApi>(this.#launch('clients', 'worker', programs.worker), 'worker'));
    }
    return this.#workers;
  }

  killServer(): void {
    this.#server?.child.kill('SIGKILL');
    this.#server = undefined;
  }

  async dismiss(): Promise<void> {
    const children = this.#children;
    this.#children = [];
    this.#server = undefined;
    this.#workers = [];
    await Promise.all(children.map(dismiss));
  }

  #launch(host: 'server' | 'clients', role: string, program: URL): ChildProcess {
    const child = this.#options.rig.launch(host, program);
    this.#children.push(child);
    child.once('exit', (code, signal) => {
      if (this.#children.includes(child))
        this.#onDeath(new Error(`the ${role} process ended (${signal ?? `exit code ${code}`})`));
    });
    return child;
  }
}
