// Settings of the hosts' kernels on real namespaces: what is asked for is set, on this host alone, and undone afterwards.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { HostSettings } from '../../../src/bench/rig/host-settings.ts';
import type { HostName } from '../../../src/link/tun/hosts.ts';
import type { EmulatedNetwork } from '../../../src/link/tun/network.ts';
import { network } from '../../link/tun/network.ts';

const SACK = 'net.ipv4.tcp_sack';
const ECN = 'net.ipv4.tcp_ecn';
const WMEM = 'net.ipv4.tcp_wmem';
const LIMIT_MS = 30_000;

/** As the host's own kernel says, in words with single spaces. */
function read(net: EmulatedNetwork, host: HostName, name: string): Promise<string> {
  const child = net.spawn(host, 'sysctl', ['-n', name], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout!.on('data', (bytes) => {
    out += bytes;
  });
  return new Promise((resolve) => {
    child.once('close', () => resolve(out.trim().replaceAll('\t', ' ')));
  });
}

describe('on a host', { timeout: LIMIT_MS }, () => {
  test('each contestant has what it asks for, and finds everything else as it was', async (context) => {
    const net = await network(context);
    const settings = new HostSettings(net, 'server');
    const [sack, ecn, wmem] = [
      await read(net, 'server', SACK),
      await read(net, 'server', ECN),
      await read(net, 'server', WMEM),
    ];
    expect([sack, ecn]).toEqual(['1', '2']);

    await settings.apply({ [SACK]: '0', [WMEM]: '4096 8000 8000' });
    expect([await read(net, 'server', SACK), await read(net, 'server', WMEM)]).toEqual(['0', '4096 8000 8000']);

    await settings.apply({ [ECN]: '1', [SACK]: '0' });
    expect([await read(net, 'server', ECN), await read(net, 'server', SACK)]).toEqual(['1', '0']);
    expect(await read(net, 'server', WMEM)).toBe(wmem);

    await settings.apply({});
    expect([await read(net, 'server', SACK), await read(net, 'server', ECN)]).toEqual([sack, ecn]);
  });

  test('the other host, and this machine, have what they had', async (context) => {
    const net = await network(context);
    await new HostSettings(net, 'clients').apply({ [SACK]: '0' });
    expect([await read(net, 'clients', SACK), await read(net, 'server', SACK)]).toEqual(['0', '1']);
    expect(readFileSync('/proc/sys/net/ipv4/tcp_sack', 'utf8').trim()).toBe('1');
  });

  test.for([
    [
      'a setting that there is not',
      'net.ipv4.tcp_magic',
      '1',
      'host server has no setting net.ipv4.tcp_magic of its own',
    ],
    ['a value that it does not take', ECN, 'magic', `host server does not take ${ECN} = magic`],
    ['a word where numbers are wanted', WMEM, 'much', `host server does not take ${WMEM} = much`],
  ] as const)('%s is told', async ([_what, name, value, words], context) => {
    const net = await network(context);
    await expect(new HostSettings(net, 'server').apply({ [name]: value })).rejects.toThrow(words);
  });

  test('one that is the whole machine’s is told, and stays', async (context) => {
    const net = await network(context);
    const before = await read(net, 'server', 'net.core.rmem_max');
    const setting = new HostSettings(net, 'server').apply({ 'net.core.rmem_max': '4096' });
    await expect(setting).rejects.toThrow(/^host server (has no setting|does not take) net\.core\.rmem_max/);
    expect(await read(net, 'server', 'net.core.rmem_max')).toBe(before);
  });

  test('after one that was refused, the others are undone all the same', async (context) => {
    const net = await network(context);
    const settings = new HostSettings(net, 'server');
    await expect(settings.apply({ [SACK]: '0', [ECN]: 'magic' })).rejects.toThrow('does not take');
    await settings.apply({});
    expect(await read(net, 'server', SACK)).toBe('1');
  });
});
