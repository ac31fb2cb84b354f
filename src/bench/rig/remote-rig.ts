// The rig of a server elsewhere: senders and receivers both live on this side, so that one clock times every message. What
// lies between is what it is: nothing can be set on it, and nothing of it can be seen.
import { describeProfile } from '../../link/profile.ts';
import { launch, NO_HOSTS, type Rig } from './rig.ts';

export interface RemoteServer {
  readonly host: string;
  readonly port: number;
}

export function remoteRig({ host, port }: RemoteServer, mtuBytes: number | undefined): Rig {
  return {
    backend: 'remote',
    external: { port, load: async () => undefined, kill: () => {} },
    serverHost: host,
    broken: new Promise(() => {}),
    carries(profile, { kernel }) {
      const impairments = Object.keys(profile.up).length + Object.keys(profile.down).length;
      const asked = [
        ...(impairments > 0 ? [describeProfile(profile)] : []),
        ...(mtuBytes === undefined ? [] : [`mtu ${mtuBytes}`]),
        ...Object.entries(kernel).map(([name, value]) => `${name} = ${value}`),
      ];
      if (asked.length === 0) return { available: true };
      return { available: false, obstacle: { kind: 'server-elsewhere', backend: 'remote', asked } };
    },
    ...NO_HOSTS,
    launch: (_host, program) => launch(program),
    openLink: async () => ({ host, port, begin: async () => undefined, close: async () => ({}) }),
    close: async () => {},
  };
}
