// `lab link`: what works here, what doesn't, why, and the one command that would change it.
import Table from 'cli-table3';
import { NAMED_PROFILES } from '../../src/link/named-profiles.ts';
import { describeProfile } from '../../src/link/profile.ts';
import type { ProbedPart } from '../../src/link/tun/parts.ts';
import { type Abilities, probe } from '../../src/link/tun/probe.ts';
import { paintFor } from '../paint.ts';
import { PROGRAMS } from '../programs.ts';

export async function printAbilities(json: boolean): Promise<void> {
  const abilities = await probe(PROGRAMS.emulator);
  const { parts, carriesRuns } = abilities;
  if (json) {
    const backends = { tun: carriesRuns, relay: true, loopback: true };
    console.log(JSON.stringify({ backends, parts, profiles: NAMED_PROFILES }, null, 2));
    return;
  }
  const paint = paintFor(process.stdout);
  console.log(paint.bold('The packet emulator (backend tun), part by part'));
  console.log(partsTable(parts));
  console.log(`\n${paint.bold('Backends')}`);
  console.log(backendsTable(abilities));
  console.log(`\n${paint.bold('Links known by name (--profile)')}`);
  console.log(profilesTable());
}

function partsTable(parts: readonly ProbedPart[]): string {
  const paint = paintFor(process.stdout);
  const table = plainTable([22, 7, 34, 30], ['part', 'works', 'found', 'would change it']);
  for (const { part, works, found, remedy } of parts)
    table.push([part, works ? paint.green('yes') : paint.red('no'), found, remedy]);
  return table.toString();
}

function backendsTable({ carriesRuns, carriesCommands }: Abilities): string {
  const table = plainTable([10, 14, 69], ['backend', 'here', 'carries']);
  table.push([
    'tun',
    carriesRuns ? (carriesCommands ? 'works' : 'lab run alone') : 'does not',
    "every impairment, under the kernel's own TCP and UDP, packet by packet",
  ]);
  table.push(['relay', 'works', 'UDP: every impairment, by the datagram; TCP: delay and rate only']);
  table.push(['loopback', 'works', "nothing between: the transports' own cost"]);
  return table.toString();
}

function profilesTable(): string {
  const table = plainTable([15, 38, 40], ['name', 'link', 'numbers from']);
  for (const [name, { profile, source }] of Object.entries(NAMED_PROFILES))
    table.push([name, describeProfile(profile), source]);
  return table.toString();
}

function plainTable(colWidths: number[], head: string[]) {
  return new Table({
    head,
    colWidths,
    wordWrap: true,
    style: { head: [], border: [], 'padding-left': 0 },
    chars: NO_RULES,
  });
}

const NO_RULES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};
