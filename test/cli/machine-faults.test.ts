// A machine that can't do what is asked: one line says what is wrong and what would change it. Where nobody insisted on
// the packet emulator, the relay carries the run, and the result says why.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labIn, openFolder, type Place } from '../support/places.ts';
import { Lab } from './lab.ts';
import { resultIn, TINY, workshop } from './tiny-scenario.ts';

const LIMIT_MS = 60_000;

interface Fault {
  readonly what: string;
  readonly place: Place;
  /** What is wrong, and what would change it. */
  readonly part: string;
  readonly found: string;
  readonly remedy: string;
}

const lacking = (name: string, packageName: string): Fault => ({
  what: `no program ${name}`,
  place: { without: [name] },
  part: `program ${name}`,
  found: 'not installed',
  remedy: `apt-get install ${packageName}`,
});

const FAULTS: readonly Fault[] = [
  lacking('ip', 'iproute2'),
  lacking('unshare', 'util-linux'),
  lacking('nsenter', 'util-linux'),
  {
    what: 'no package koffi',
    place: { withoutPackage: 'koffi' },
    part: 'FFI library koffi',
    found: 'not installed',
    remedy: 'npm install --include=optional',
  },
  {
    what: 'no /dev/net/tun',
    place: { tun: 'absent' },
    part: '/dev/net/tun',
    found: 'is not there',
    remedy: 'mkdir -p /dev/net && mknod /dev/net/tun c 10 200 (as root)',
  },
  {
    what: 'a /dev/net/tun that this user may not open',
    place: { user: 'ordinary', tun: 'closed' },
    part: '/dev/net/tun',
    found: 'this user may not open it',
    remedy: 'chmod 0666 /dev/net/tun (as root), or run as root',
  },
  {
    what: 'user namespaces forbidden',
    place: { tun: 'open', forbidsUserNamespaces: true },
    part: 'network namespace (in a user namespace)',
    found: 'can not be made (unshare: unshare failed: No space left on device)',
    remedy: 'sysctl -w user.max_user_namespaces=10000 (as root), or run as root',
  },
  {
    what: 'root without the capabilities, as in a container',
    place: { withoutCapabilities: ['sys_admin'] },
    part: 'network namespace (as root)',
    found: 'can not be made (unshare: unshare failed: Operation not permitted)',
    remedy: 'docker run --cap-add SYS_ADMIN --cap-add NET_ADMIN (or its like)',
  },
];

const ONE_CELL = TINY.replace('[tcp, udp]', '[udp]').replace(/ {2}lossy: .*\n/, '');

test.for(FAULTS)('$what', { timeout: LIMIT_MS }, async ({ place, part, found, remedy }, context) => {
  const program = labIn(context, place);
  const { file } = workshop(ONE_CELL, 0o755);
  const out = openFolder();
  const words = `${part}: ${found}; what would change it: ${remedy}.`;

  const insisting = new Lab(['run', file, '--backend', 'tun', '--out', join(out, 'tun')], {}, program);
  const command = new Lab(['link', 'run', '--', 'true'], {}, program);
  const link = new Lab(['link', '--json'], {}, program);
  const auto = new Lab(['run', file, '--out', join(out, 'auto')], {}, program);
  const codes = await Promise.all([insisting, command, link, auto].map((each) => each.ends(LIMIT_MS)));
  expect(codes).toEqual([1, 1, 0, 0]);

  expect(insisting.err).toBe(`lab: The packet emulator does not work here: ${words} ("lab link" shows all parts.)\n`);
  expect(insisting.out).toBe('');
  expect(command.err).toBe(insisting.err);

  const { backends, parts } = JSON.parse(link.out);
  expect(backends).toEqual({ tun: false, relay: true, loopback: true });
  expect(parts.find(({ works }: { works: boolean }) => !works)).toEqual({ part, works: false, found, remedy });

  const why = `The packet emulator does not work here, so the relay carries this run: ${words}`;
  expect(auto.err).toBe(`${why}\n`);
  expect(auto.out.replace(/\s+/g, ' ')).toContain(`Why the relay backend: ${why}`);
  expect(resultIn(join(out, 'auto'))).toMatchObject({ backend: 'relay', backendWhy: words });
});

test('no program setpriv: experiments run, and the command line of others does not', {
  timeout: LIMIT_MS,
}, async (context) => {
  const program = labIn(context, { without: ['setpriv'], tun: 'open' });
  const command = new Lab(['link', 'run', '--', 'true'], {}, program);
  expect(await command.ends()).toBe(1);
  expect(command.err).toBe(
    'lab: The packet emulator does not work here: program setpriv: not installed; what would change it: apt-get install util-linux. ("lab link" shows all parts.)\n',
  );
  const link = new Lab(['link'], {}, program);
  expect(await link.ends()).toBe(0);
  expect(link.out).toMatch(/tun +lab run alone/);
});

test('a device that this root may not make', { timeout: LIMIT_MS }, async (context) => {
  const program = labIn(context, { withoutCapabilities: ['net_admin'] });
  const run = new Lab(['link', 'run', '--', 'true'], {}, program);
  expect(await run.ends()).toBe(1);
  expect(run.err).toMatch(
    /^lab: .*network namespace \(as root\): can not be made \(RTNETLINK.*--cap-add NET_ADMIN.*\n$/,
  );
});
