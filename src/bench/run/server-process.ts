// The chat server as the controller calls it in its own process.
import type { Knobs } from '../scenario/scenario.ts';

export interface ServerApi {
  /** Listens on every transport named; answers the port. */
  listen(at: { readonly transports: readonly string[]; readonly host: string; readonly knobs: Knobs }): Promise<number>;
  /** Processor time since the process began, in ms. */
  cpuMs(nothing: undefined): number;
}
