// Places of this machine where something is missing or forbidden: a mount namespace that is gone with the process in it,
// another user, a PATH with fewer programs. Nothing of it is seen outside.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished, type TestContext } from 'vitest';
import { needs } from './ability.ts';

export interface Place {
  /** Who runs the program: an ordinary user has no name here, only a number. */
  readonly user?: 'root' | 'ordinary';
  /** May everybody open /dev/net/tun, may root alone, or is there none? */
  readonly tun?: 'open' | 'closed' | 'absent';
  /** Programs that are not installed. */
  readonly without?: readonly string[];
  /** A package that is not installed. */
  readonly withoutPackage?: string;
  /** The user may make no user namespaces. */
  readonly forbidsUserNamespaces?: boolean;
  /** Root has not these capabilities. */
  readonly withoutCapabilities?: readonly string[];
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NOBODY = 65_534;

/** The program `lab` in that place, as a command line begins. */
export function labIn(context: TestContext, place: Place): string[] {
  const isAble = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;
  needs(context, isAble, 'it needs root, unshare and mount');
  const checkout = temporaryFolder();
  const lab = ['env', `PATH=${pathWithout(place.without ?? [])}`, process.execPath, `${checkout}/dist/cli/lab.js`];
  const program = [
    'unshare',
    '--mount',
    'sh',
    '-c',
    `${inside(place, checkout)}; exec "$@"`,
    'sh',
    ...guise(place),
    ...lab,
  ];
  const [command, ...args] = program;
  const speaks = spawnSync(command!, [...args, '--version']).status === 0;
  needs(context, speaks, `a program must run in a place such as ${JSON.stringify(place)}`);
  return program;
}

/** A folder that anybody may write to. */
export function openFolder(): string {
  const folder = temporaryFolder();
  spawnSync('chmod', ['0777', folder]);
  return folder;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-place-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  spawnSync('chmod', ['0755', folder]);
  return folder;
}

/** What is mounted: the checkout too, since not everybody may enter the folders that it lies in. */
function inside({ tun, withoutPackage }: Place, checkout: string): string {
  return [
    'set -e',
    `mount --bind '${ROOT}' '${checkout}'`,
    ...(tun === undefined ? [] : ['mount -t tmpfs tmpfs /dev/net']),
    ...(tun === 'open' || tun === 'closed' ? ['mknod /dev/net/tun c 10 200'] : []),
    ...(tun === 'open' ? ['chmod 0666 /dev/net/tun'] : []),
    ...(tun === 'closed' ? ['chmod 0600 /dev/net/tun'] : []),
    ...(withoutPackage === undefined ? [] : [`mount -t tmpfs tmpfs '${checkout}/node_modules/${withoutPackage}'`]),
  ].join('; ');
}

/** The programs that change who runs what comes after them. */
function guise({ user, forbidsUserNamespaces, withoutCapabilities = [] }: Place): string[] {
  if (forbidsUserNamespaces) {
    const forbid =
      'echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --inh-caps=-all --ambient-caps=-all -- "$@"';
    const ordinary = [`--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--keep-caps'];
    return ['unshare', '--user', ...ordinary, 'sh', '-c', forbid, 'sh'];
  }
  if (user === 'ordinary') {
    return ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--inh-caps=-all', '--'];
  }
  const without = withoutCapabilities.map((name) => `-${name}`).join(',');
  return without === '' ? [] : ['setpriv', `--bounding-set=${without}`, `--inh-caps=${without}`, '--'];
}

/** This process's PATH, in which these programs are not. */
function pathWithout(programs: readonly string[]): string {
  const path = process.env['PATH'] ?? '';
  if (programs.length === 0) return path;
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  for (const name of ['ip', 'unshare', 'nsenter', 'setpriv', 'cat', 'sh', 'true']) {
    const found = path.split(':').find((each) => existsSync(join(each, name)));
    if (found !== undefined && !programs.includes(name)) symlinkSync(join(found, name), join(folder, name));
  }
  return folder;
}
