// What the kernel counts, read from /proc: a process's time, a host's device, a host's UDP.
import { readdirSync, readFileSync } from 'node:fs';
import { DEVICE } from '../../src/link/tun/hosts.ts';

/** The user and system time of a process and of its children, so far. */
export function cpuUsOf(pid: number): number {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
  );
  return (
    parseCpuUs(readFileSync(`/proc/${pid}/stat`, 'latin1')) + children.reduce((sum, child) => sum + cpuUsOf(child), 0)
  );
}

export function parentOf(pid: number): number {
  return parseParent(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

/** Packets that the emulated wire has handed to this host so far. */
export function packetsInto(hostPid: number): number {
  return parseReceivedPackets(readFileSync(`/proc/${hostPid}/net/dev`, 'latin1'), DEVICE);
}

/** Datagrams that came to this host and found their socket's buffer full. */
export function udpOverflows(hostPid: number): number {
  return parseUdpCounter(readFileSync(`/proc/${hostPid}/net/snmp`, 'latin1'), 'RcvbufErrors');
}

/** A clock tick of /proc is 10 ms, whatever the kernel's own is. */
const TICK_US = 10_000;

/** @param stat /proc/PID/stat: fields 14 and 15 are the user and the system time in ticks (proc(5)) */
export function parseCpuUs(stat: string): number {
  const fields = afterName(stat);
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}

/** @param stat /proc/PID/stat: field 4 */
export function parseParent(stat: string): number {
  return Number(afterName(stat)[1]);
}

/** A program's name may hold blanks and brackets: the fields after it begin behind the last bracket, with the third. */
function afterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** @param dev /proc/net/dev: after a device's name come the received bytes and packets */
export function parseReceivedPackets(dev: string, device: string): number {
  const line = dev.split('\n').find((text) => text.trim().startsWith(`${device}:`)) ?? '';
  return Number(
    line
      .slice(line.indexOf(':') + 1)
      .trim()
      .split(/\s+/)[1],
  );
}

/** @param snmp /proc/net/snmp: a line of names, and under it one of values */
export function parseUdpCounter(snmp: string, name: string): number {
  const [names = [], values = []] = snmp
    .split('\n')
    .filter((line) => line.startsWith('Udp: '))
    .map((line) => line.split(' '));
  return Number(values[names.indexOf(name)]);
}
