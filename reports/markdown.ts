// A run as Markdown: for a hand-in, an issue, a repository.
import type { Cell, Figures, Repetition, RunResult } from '../src/bench/result.ts';
import { bitsPerSecond, count, milliseconds, percent, percentWithInterval, plural, seconds } from './numbers.ts';
import { oneLine, sentence } from './plain-text.ts';
import { verdictWords } from './verdict-words.ts';

export function markdownReport(result: RunResult): string {
  return [
    opening(result),
    verdicts(result),
    delivery(result.cells),
    delay(result.cells),
    notAvailable(result.cells),
    spread(result.cells),
    wire(result),
    carrier(result.cells),
    method(result),
    environment(result),
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
  ];
  if (status.kind === 'incomplete') lines.splice(1, 0, `> **Incomplete:** ${sentence(status.why)}`);
  return lines.join('\n\n');
}

function verdicts({ verdicts: all, backend }: RunResult): string {
  if (all.length === 0) return '';
  const blocks = all.map((verdict, index) => {
    const { outcome, because } = verdictWords(verdict, backend);
    return [
      `${index + 1}. “${oneLine(verdict.sentence)}” — **${outcome}**`,
      ...because.map((text) => `   - ${text}`),
    ].join('\n');
  });
  return ['## Verdict', ...blocks].join('\n\n');
}

function delivery(cells: readonly Cell[]): string {
  const head = [
    'link',
    'transport',
    'sent',
    'delivered',
    'lost (95 %)',
    'copies too many',
    'reordered',
    'longest extent',
    'damaged',
    'refused',
  ];
  return section('What arrived', head, cells, (figures) => [
    count(figures.sent),
    count(figures.delivered),
    percentWithInterval(figures.loss),
    `${count(figures.duplicates)} (${percent(figures.duplication)})`,
    `${count(figures.reordered)} (${percent(figures.reordering)})`,
    count(figures.longestReorderingExtent),
    count(figures.damaged),
    count(figures.refused),
  ]);
}

function delay(cells: readonly Cell[]): string {
  const head = [
    'link',
    'transport',
    'min ms',
    'p50 ms',
    'p90 ms',
    'p99 ms',
    'max ms',
    'goodput',
    'set-up ms',
    'timer error p99 ms',
  ];
  return section('When', head, cells, ({ delayMs, goodputBitsPerSecond, setUpMs, timerErrorMs }) => [
    milliseconds(delayMs.min),
    milliseconds(delayMs.p50),
    milliseconds(delayMs.p90),
    milliseconds(delayMs.p99),
    milliseconds(delayMs.max),
    bitsPerSecond(goodputBitsPerSecond),
    milliseconds(setUpMs),
    milliseconds(timerErrorMs?.p99),
  ]);
}

function section(
  title: string,
  head: readonly string[],
  cells: readonly Cell[],
  row: (figures: Figures) => string[],
): string {
  const rows = cells.map(({ link, transport, figures }) => [
    link,
    transport,
    ...(figures === undefined ? head.slice(2).map(() => 'n/a') : row(figures)),
  ]);
  return `## ${title}\n\n${table(head, rows)}`;
}

function notAvailable(cells: readonly Cell[]): string {
  const lines = cells.flatMap((cell) => [
    ...(cell.notAvailable === undefined
      ? []
      : [`- ${cell.link} over ${cell.transport}: ${sentence(cell.notAvailable)}`]),
    ...cell.repetitions.flatMap(({ number, outcome }) =>
      outcome.kind === 'failed'
        ? [`- ${cell.link} over ${cell.transport}, repetition ${number}, failed: ${sentence(outcome.why)}`]
        : [],
    ),
  ]);
  return lines.length === 0 ? '' : `## Not available, and why\n\n${lines.join('\n')}`;
}

/** From the lowest to the highest repetition: how far one run alone could have been believed. */
function spread(cells: readonly Cell[]): string {
  const rows = cells.flatMap(({ link, transport, repetitions }) => {
    const measured = repetitions.flatMap(({ outcome }) => (outcome.kind === 'measured' ? [outcome.figures] : []));
    if (measured.length === 0) return [];
    return [
      [
        link,
        transport,
        String(measured.length),
        range(
          measured.map((figures) => figures.loss.ratio),
          percent,
        ),
        range(
          measured.map((figures) => figures.delayMs.p50),
          milliseconds,
        ),
        range(
          measured.map((figures) => figures.delayMs.p99),
          milliseconds,
        ),
      ],
    ];
  });
  const head = ['link', 'transport', 'repetitions', 'lost', 'p50 ms', 'p99 ms'];
  return rows.length === 0 ? '' : `## From repetition to repetition\n\n${table(head, rows)}`;
}

function range<T extends number | null>(values: readonly T[], write: (value: T) => string): string {
  const sorted = [...values].sort((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY));
  const [low, high] = [write(sorted[0]!), write(sorted.at(-1)!)];
  return low === high ? low : `${low} – ${high}`;
}

/** What the hosts sent for one byte of payload delivered: only a carrier of packets can tell. */
function wire({ cells, scenario }: RunResult): string {
  const rows = cells.flatMap(({ link, transport, figures, repetitions }) => {
    const kinds = new Map<string, number>();
    let bytes = 0;
    for (const { outcome } of repetitions) {
      const traffic = outcome.kind === 'measured' ? outcome.link?.traffic : undefined;
      for (const direction of traffic === undefined ? [] : [traffic.up, traffic.down]) {
        for (const [kind, tally] of Object.entries(direction)) {
          kinds.set(kind, (kinds.get(kind) ?? 0) + tally.packets);
          bytes += tally.bytes;
        }
      }
    }
    if (bytes === 0 || figures === undefined) return [];
    const packets = WIRE_KINDS.map((kind) => count(kinds.get(kind) ?? 0));
    const perByte = bytes / (figures.delivered * scenario.workload.bodyBytes);
    return [[link, transport, ...packets, figures.delivered === 0 ? 'n/a' : perByte.toFixed(2)]];
  });
  if (rows.length === 0) return '';
  const head = ['link', 'transport', ...WIRE_KINDS, 'bytes per byte delivered'];
  const note =
    'Packets as their host sent them, both directions, from the first message on. Every message crosses twice.';
  return `## What crossed the wire\n\n${note}\n\n${table(head, rows)}`;
}

const WIRE_KINDS = ['tcp data', 'tcp retransmission', 'tcp ack', 'tcp syn/fin', 'udp datagram', 'fragment'];

function carrier(cells: readonly Cell[]): string {
  const rows = cells.flatMap(({ link, transport, repetitions }) =>
    repetitions.flatMap((repetition) => carrierRow(link, transport, repetition)),
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
  return `## What the link did\n\nCounted by the link itself, both directions and the joining included.\n\n${table(head, rows)}`;
}

function carrierRow(link: string, transport: string, { number, outcome }: Repetition): string[][] {
  if (outcome.kind !== 'measured' || outcome.link === undefined) return [];
  const { offeredPackets, droppedPackets, duplicatedPackets, corruptedPackets, reorderedPackets, latenessP99Ms } =
    outcome.link;
  const drops = Object.entries(droppedPackets).filter(([, packets]) => packets > 0);
  return [
    [
      link,
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
  const { workload, chance } = scenario;
  return [
    '## Method',
    [
      `- Carrier between the hosts: \`${backend}\`${backendWhy === undefined ? '' : ` (${oneLine(backendWhy)})`}. Links:`,
      ...Object.entries(scenario.links).map(([name, words]) => `  - ${name}: \`${words}\``),
      '- The users are on one host and the server on the other: every message crosses the link twice, up and down.',
      `- Chance: per ${chance.mode}${chance.mode === 'time' ? `, in slots of ${chance.slotMs} ms: every transport crosses the same channel` : ''}.`,
      `- Load: ${workload.pattern} of users, ${count(workload.pairs)} in all; ${workload.arrivals} arrivals, ${count(workload.ratePerSecond)} messages/s in all for ${seconds(workload.durationMs)}; bodies of ${plural(workload.bodyBytes, 'byte')}; worker processes: ${workload.workers}; open loop.`,
      `- ${plural(scenario.repetitions, 'repetition')}, interleaved in random order.`,
      `- Delay counts from the planned instant to the arrival of the first whole copy. Percentiles are taken over all messages sent, so a lost one counts as infinitely late; *not reached* means that more than that share was lost.`,
      `- A message is lost when it has not come ${seconds(scenario.waitingMs)} after its planned instant. The interval of the loss is Wilson's at 95 %.`,
      `- Seed ${seed}. To repeat: \`${command}\``,
    ].join('\n'),
  ].join('\n\n');
}

function environment({ environment: machine }: RunResult): string {
  const facts = [
    `- ${machine.processor}, ${machine.cores} cores, ${Math.round(machine.memoryBytes / 2 ** 30)} GiB; ${machine.system}; Node ${machine.node}; transport-lab ${machine.lab}`,
    `- Started ${machine.startedAt}, took ${seconds(machine.tookMs)}`,
    ...Object.entries(machine.kernel).map(([name, value]) => `- \`${name} = ${value}\``),
  ];
  return `## Environment\n\n${facts.join('\n')}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column < 2 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
