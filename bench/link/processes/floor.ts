// The floor in the emulator's place: the same hosts and devices, and the plain C loop between them. Of an emulator's
// functions it has `setUp` alone. The loop's program is named by the environment, as the network starts this one without
// arguments.
import { spawn } from 'node:child_process';
import { attachDevice, DEVICE, startHost } from '../../../src/link/tun/hosts.ts';
import { loadLibc } from '../../../src/link/tun/libc.ts';
import { expose } from '../../../src/rpc.ts';

expose({
  async setUp({ mtuBytes }: { mtuBytes: number }) {
    const libc = await loadLibc();
    const devices: number[] = [];
    const hosts: number[] = [];
    for (const name of ['server', 'clients'] as const) {
      const host = await startHost(name);
      devices.push(libc.openTun(DEVICE, 'packets'));
      await attachDevice(host, mtuBytes);
      hosts.push(host.pid);
    }
    const loop = spawn(process.env['FLOOR_PROGRAM']!, { stdio: ['ignore', 'ignore', 'inherit', ...devices] });
    process.once('exit', () => loop.kill('SIGKILL'));
    return { server: hosts[0], clients: hosts[1] };
  },
});
