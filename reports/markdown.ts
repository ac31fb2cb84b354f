// A run as Markdown: for a hand-in, an issue, a repository.
import type { Cell, Repetition, RunResult } from '../src/bench/result.ts';
import { comparisonWords } from './comparison-words.ts';
import { figureOf, placeOf } from './figure-of.ts';
import { accounts } from './markdown-account.ts';
import { everyFigure, figureTables } from './markdown-figures.ts';
import { model } from './markdown-model.ts';
import { table } from './markdown-table.ts';
import { count, milliseconds, plural, reading, seconds } from './numbers.ts';
import { oneLine, sentence } from './plain-text.ts';
import { verdictWords } from './verdict-words.ts';

export function markdownReport(result: RunResult): string {
  return [
    opening(result),
    verdicts(result),
    warnings(result),
    ...figureTables(result),
    comparisons(result),
    model(result),
    notAvailable(result.cells),
    accounts(result),
    fairness(result),
    wire(result),
    carrier(result.cells),
    spread(result.cells),
    method(result),
    environment(result),
    everyFigure(result),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function opening({ scenario, status }: RunResult): string {
  const lines = [
    `# ${oneLine(scenario.title)}`,
    oneLine(scenario.question),
    `**What to look for.** ${oneLine(scenario.lookFor)}`,
    ...(scenario.teaches === '' ? [] : [`**What it teaches.** ${oneLine(scenario.teaches)}`]),
  ];
  if (status.kind === 'incomplete') lines.splice(1, 0, `> **Incomplete:** ${sentence(status.why)}`);
  return lines.join('\n\n');
}

function verdicts({ verdicts: all, backend, metrics }: RunResult): string {
  if (all.length === 0) return '';
  const blocks = all.map((verdict, index) => {
    const { outcome, because } = verdictWords(verdict, backend, metrics);
    return [
      `${index + 1}. “${oneLine(verdict.sentence)}” — **${outcome}**`,
      ...because.map((text) => `   - ${oneLine(text)}`),
    ].join('\n');
  });
  return ['## Verdict', ...blocks].join('\n\n');
}

function warnings({ warnings: all }: RunResult): string {
  if (all.length === 0) return '';
  return ['## Before you believe a figure', all.map((text) => `- ${sentence(text)}`).join('\n')].join('\n\n');
}

function comparisons({ comparisons: all, metrics }: RunResult): string {
  if (all.length === 0) return '';
  const blocks = all.map((comparison) => {
    const title = `### ${oneLine(`${comparison.other} against ${comparison.baseline}, ${placeOf(comparison, true)}`)}`;
    return [
      title,
      comparisonWords(comparison, metrics)
        .map((text) => `- ${oneLine(text)}`)
        .join('\n'),
    ].join('\n\n');
  });
  const note =
    'Message *k* over one and message *k* over the other have the same body, recipient, planned instant and channel. Intervals: 95 %, drawn over repetitions.';
  return ['## Side by side', note, ...blocks].join('\n\n');
}

function fairness({ fairness: rows, scenario }: RunResult): string {
  if (rows.length === 0) return '';
  const names = scenario.contestants.map(({ name }) => name);
  const cells = rows.map(({ what, values }) => [what, ...names.map((name) => values[name] ?? '')]);
  return `## What else differs\n\n${table(['', ...names], cells, 1 + names.length)}`;
}

function notAvailable(cells: readonly Cell[]): string {
  const lines = cells.flatMap((cell) => {
    const name = `${oneLine(placeOf(cell, true))} over ${cell.transport}`;
    return [
      ...(cell.notAvailable === undefined ? [] : [`- ${name}: ${sentence(cell.notAvailable)}`]),
      ...cell.repetitions.flatMap(({ number, outcome }) =>
        outcome.kind === 'failed' ? [`- ${name}, repetition ${number}, failed: ${sentence(outcome.why)}`] : [],
      ),
    ];
  });
  return lines.length === 0 ? '' : `## Not available, and why\n\n${lines.join('\n')}`;
}

/** From the lowest to the highest repetition: how far one run alone could have been believed. */
function spread(cells: readonly Cell[]): string {
  const rows = cells.flatMap((cell) => {
    const measured = cell.repetitions.flatMap(({ outcome }) => (outcome.kind === 'measured' ? [outcome.figures] : []));
    if (measured.length === 0) return [];
    const column = (metric: string, unit: string) =>
      range(
        measured.map((figures) => figures[metric]),
        unit,
      );
    return [
      [
        placeOf(cell, true),
        cell.transport,
        String(measured.length),
        column('loss', 'share'),
        column('delay-p50', 'ms'),
        column('delay-p99', 'ms'),
      ],
    ];
  });
  const head = ['link', 'transport', 'repetitions', 'lost', 'p50 ms', 'p99 ms'];
  return rows.length === 0 ? '' : `## From repetition to repetition\n\n${table(head, rows)}`;
}

function range(values: readonly (number | null | undefined)[], unit: string): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return 'n/a';
  const sorted = [...known].sort((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY));
  const [low, high] = [reading(sorted[0], unit), reading(sorted.at(-1), unit)];
  return low === high ? low : `${low} – ${high}`;
}

/** What the hosts sent for one byte of payload delivered: only a carrier of packets can tell. */
function wire({ cells }: RunResult): string {
  const rows = cells.flatMap((cell) => {
    const { transport, repetitions } = cell;
    const kinds = new Map<string, number>();
    for (const { outcome } of repetitions) {
      const traffic = outcome.kind === 'measured' ? outcome.link?.traffic : undefined;
      for (const direction of traffic === undefined ? [] : [traffic.up, traffic.down]) {
        for (const [kind, tally] of Object.entries(direction)) {
          kinds.set(kind, (kinds.get(kind) ?? 0) + tally.packets);
        }
      }
    }
    if (kinds.size === 0) return [];
    const packets = WIRE_KINDS.map((kind) => count(kinds.get(kind) ?? 0));
    return [[placeOf(cell, true), transport, ...packets, reading(figureOf(cell, 'wire-bytes-per-byte'), 'ratio')]];
  });
  if (rows.length === 0) return '';
  const head = ['link', 'transport', ...WIRE_KINDS, 'bytes per byte delivered'];
  const note =
    'Packets as their host sent them, both directions, from the first message on. Every message crosses twice.';
  return `## What crossed the wire\n\n${note}\n\n${table(head, rows)}`;
}

const WIRE_KINDS = ['tcp data', 'tcp retransmission', 'tcp ack', 'tcp syn/fin', 'udp datagram', 'fragment'];

function carrier(cells: readonly Cell[]): string {
  const rows = cells.flatMap((cell) =>
    cell.repetitions.flatMap((repetition) => carrierRow(placeOf(cell, true), cell.transport, repetition)),
  );
  if (rows.length === 0) return '';
  const head = [
    'link',
    'transport',
    'repetition',
    'packets',
    'dropped',
    'duplicated',
    'corrupted',
    'reordered',
    'late p99 ms',
  ];
  return `## What the link did\n\nCounted by the link itself, both directions.\n\n${table(head, rows)}`;
}

function carrierRow(place: string, transport: string, { number, outcome }: Repetition): string[][] {
  if (outcome.kind !== 'measured' || outcome.link === undefined) return [];
  const { offeredPackets, droppedPackets, duplicatedPackets, corruptedPackets, reorderedPackets, latenessP99Ms } =
    outcome.link;
  const drops = Object.entries(droppedPackets).filter(([, packets]) => packets > 0);
  return [
    [
      place,
      transport,
      String(number),
      count(offeredPackets),
      drops.map(([cause, packets]) => `${count(packets)} ${cause}`).join(', ') || '0',
      count(duplicatedPackets),
      count(corruptedPackets),
      count(reorderedPackets),
      milliseconds(latenessP99Ms),
    ],
  ];
}

function method({ scenario, backend, backendWhy, seed, command }: RunResult): string {
  const { chance, points } = scenario;
  return [
    '## Method',
    [
      `- Carrier between the hosts: \`${backend}\`${backendWhy === undefined ? '' : ` (${oneLine(backendWhy)})`}.`,
      ...points.flatMap(pointLines),
      '- The users are on one host and the server on the other: every message crosses the link twice, up and down.',
      `- Chance: per ${chance.mode}${chance.mode === 'time' ? `, in slots of ${chance.slotMs} ms: every transport crosses the same channel` : ''}.`,
      `- ${plural(scenario.repetitions, 'repetition')} asked for, interleaved in random order.`,
      '- Delay counts from the planned instant to the arrival of the first whole copy. Percentiles are taken over all messages sent, so a lost one counts as infinitely late; *not reached* means that more than that share was lost.',
      `- A message is lost when it has not come ${seconds(scenario.waitingMs)} after its planned instant.`,
      '- Intervals: 95 %, by the bootstrap over repetitions; of shares of messages, by Wilson. Six repetitions are the least.',
      `- Seed ${seed}. To repeat: \`${command}\``,
    ].join('\n'),
  ].join('\n\n');
}

function pointLines({ name, links, workload }: RunResult['scenario']['points'][number]): string[] {
  const rate = workload.isClosedLoop ? '' : `, ${count(workload.ratePerSecond)} messages/s in all`;
  return [
    ...(name === '' ? [] : [`- At ${oneLine(name)}:`]),
    ...Object.entries(links).map(([link, words]) => `  - link ${link}: \`${words}\``),
    `  - load: ${workload.pattern}, ${plural(workload.users, 'user')}, ${plural(workload.flows, 'flow')}; ${workload.arrivals} arrivals${rate} for ${seconds(workload.durationMs)}; bodies of ${workload.sizes}; ${plural(workload.workers, 'worker process', 'worker processes')}; ${workload.isClosedLoop ? 'closed' : 'open'} loop${workload.bulk === '' ? '' : `; beside it ${workload.bulk}`}`,
  ];
}

function environment({ environment: machine }: RunResult): string {
  const facts = [
    `- ${machine.processor}, ${machine.cores} cores, ${Math.round(machine.memoryBytes / 2 ** 30)} GiB; ${machine.system}; Node ${machine.node}; transport-lab ${machine.lab}`,
    `- Started ${machine.startedAt}, took ${seconds(machine.tookMs)}`,
    ...Object.entries(machine.kernel).map(([name, value]) => `- \`${name} = ${value}\``),
  ];
  return `## Environment\n\n${facts.join('\n')}`;
}
