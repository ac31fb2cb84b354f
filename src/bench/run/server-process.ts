// The chat server as the controller calls it in its own process.
import type { Knobs } from '../scenario/scenario.ts';

export interface ServerLoad {
  /** Processor time since the process began. */
  readonly cpuMs: number;
  /** The longest since it was last asked. */
  readonly stoodStillMs: number;
}

export interface ServerApi {
  /** Listens on every transport named; answers the port. */
  listen(at: { readonly transports: readonly string[]; readonly host: string; readonly knobs: Knobs }): Promise<number>;
  load(nothing: undefined): ServerLoad;
}
