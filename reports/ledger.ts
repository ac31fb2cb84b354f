// Where every message went, what crossed the wire for it, and what the link did: counts over all repetitions, as tables
// that any report can set.
import type { Account, Cell, CountedTwice, LinkCount } from '../src/bench/result.ts';
import { figureOf, placeOf } from './figure-of.ts';
import type { FigureTable } from './figure-tables.ts';
import type { Speech } from './language/speech.ts';
import type { Told } from './language/told.ts';
import { own } from './own.ts';

type Table = Omit<FigureTable, 'title'>;

/** A cause of the account as people say it: "down: loss". */
export function causeWords(cause: string, { ledger }: Speech): string {
  const [, direction, drop] = /^(up|down): (.*)$/.exec(cause) ?? [];
  if (drop === undefined) return own(ledger.causes, cause) ?? cause;
  return ledger[direction as 'up' | 'down'](own(ledger.drops, drop) ?? drop);
}

export function kindWords(kind: string, { ledger }: Speech): string {
  return own(ledger.kinds, kind) ?? kind;
}

export function withAccount(cells: readonly Cell[]): (Cell & { readonly account: Account })[] {
  return cells.filter((cell): cell is Cell & { account: Account } => cell.account !== undefined);
}

export function accountTable({ cells, say }: Told): Table | undefined {
  const known = withAccount(cells);
  if (known.length === 0) return undefined;
  const { ledger, figures } = say;
  const rows = known.map((cell) => [
    placeOf(cell, true),
    cell.transport,
    say.count(cell.account.sent),
    say.count(cell.account.delivered),
    countsWords(cell.account.lost, (cause) => causeWords(cause, say), say),
    say.count(cell.account.unexplained),
  ]);
  const head = [figures.link, figures.over, ledger.sent, ledger.delivered, ledger.lostByCause, ledger.unexplained];
  const keys = known.map(({ account: { sent, delivered, unexplained } }) => {
    const lost = sent - delivered - unexplained;
    return [undefined, undefined, sent, delivered, lost, unexplained];
  });
  return { head, rows, words: 2, keys };
}

/** "3 down: loss, 1 up: queue"; 0 where there is none. */
function countsWords(counts: Readonly<Record<string, number>>, called: (name: string) => string, say: Speech): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.length === 0 ? '0' : some.map(([name, count]) => `${say.count(count)} ${called(name)}`).join(', ');
}

/** What the hosts' kernels counted, and what the path saw of the same, over all repetitions. */
export function agreementTable({ cells, say }: Told): Table | undefined {
  const { ledger, figures, reasons } = say;
  const all = cells.flatMap((cell) => sumsOfAgreement(cell).map((counted) => ({ cell, ...counted })));
  if (all.length === 0) return undefined;
  const rows = all.map(({ cell, what, by, hosts, path }) => [
    placeOf(cell, true),
    cell.transport,
    reasons.countedBy(reasons.countables[what], reasons.hosts[by]),
    say.count(hosts),
    say.count(path),
  ]);
  const head = [figures.link, figures.over, ledger.countedTwice, ledger.byTheHosts, ledger.onThePath];
  const keys = all.map(({ hosts, path }) => [undefined, undefined, undefined, hosts, path]);
  return { head, rows, words: 3, keys };
}

function sumsOfAgreement({ repetitions }: Cell): CountedTwice[] {
  const sums = new Map<string, CountedTwice>();
  for (const { outcome } of repetitions) {
    if (outcome.kind !== 'measured') continue;
    for (const counted of outcome.hosts?.agreement ?? []) {
      const key = `${counted.what} ${counted.by}`;
      const sum = sums.get(key) ?? { ...counted, hosts: 0, path: 0 };
      sums.set(key, { ...sum, hosts: sum.hosts + counted.hosts, path: sum.path + counted.path });
    }
  }
  return [...sums.values()];
}

const WIRE_KINDS = ['tcp data', 'tcp retransmission', 'tcp ack', 'tcp syn/fin', 'udp datagram', 'fragment'];

/** What the hosts sent for one byte of payload delivered: only a carrier of packets can tell. */
export function wireTable({ cells, say }: Told): Table | undefined {
  const counted = cells.flatMap((cell) => {
    const sent = trafficByKind(cell);
    return sent.size === 0 ? [] : [{ cell, sent }];
  });
  if (counted.length === 0) return undefined;
  const others = new Set(counted.flatMap(({ sent }) => [...sent.keys()]));
  const kinds = [...new Set([...WIRE_KINDS, ...others])].filter((kind) =>
    counted.some(({ sent }) => (sent.get(kind)?.packets ?? 0) > 0),
  );
  const rows = counted.map(({ cell, sent }) => [
    placeOf(cell, true),
    cell.transport,
    ...kinds.map((kind) => say.count(sent.get(kind)?.packets ?? 0)),
    say.reading(figureOf(cell, 'wire-bytes-per-byte'), 'ratio'),
  ]);
  const { figures, ledger } = say;
  const head = [figures.link, figures.over, ...kinds.map((kind) => kindWords(kind, say)), ledger.bytesPerByte];
  const keys = counted.map(({ cell, sent }) => [
    undefined,
    undefined,
    ...kinds.map((kind) => sent.get(kind)?.packets ?? 0),
    figureOf(cell, 'wire-bytes-per-byte') ?? undefined,
  ]);
  return { note: ledger.wireNote, head, rows, words: 2, keys };
}

/** What was asked of the link beside what it did, over all repetitions; run.json has each of them. */
export function carrierTable({ cells, scenario, say }: Told): Table | undefined {
  const rows = cells.flatMap((cell) => {
    const counts = countsOf(cell);
    if (counts.length === 0) return [];
    const asked = scenario.points.find(({ name }) => name === cell.point)?.links[cell.link] ?? '';
    return [[placeOf(cell, true), cell.transport, asked, ...carrierCells(counts, say)]];
  });
  if (rows.length === 0) return undefined;
  const { figures, ledger } = say;
  const { asked, packets, dropped, duplicated, corrupted, reordered, lateP99 } = ledger;
  const head = [figures.link, figures.over, asked, packets, dropped, duplicated, corrupted, reordered, lateP99];
  return { note: ledger.linkNote, head, rows, words: 3 };
}

function carrierCells(counts: readonly LinkCount[], say: Speech): string[] {
  const sum = (of: (each: LinkCount) => number) => counts.reduce((total, each) => total + of(each), 0);
  const offered = sum(({ offeredPackets }) => offeredPackets);
  const drops = new Map<string, number>();
  for (const { droppedPackets } of counts) {
    for (const [cause, packets] of Object.entries(droppedPackets)) drops.set(cause, (drops.get(cause) ?? 0) + packets);
  }
  const share = (packets: number) =>
    packets === 0 ? '0' : `${say.count(packets)} (${say.percent(packets / Math.max(1, offered))})`;
  const dropped = [...drops]
    .filter(([, packets]) => packets > 0)
    .map(([cause, packets]) => `${share(packets)} ${own(say.ledger.drops, cause) ?? cause}`);
  const lateness = counts.flatMap(({ latenessP99Ms }) => latenessP99Ms ?? []);
  return [
    say.count(offered),
    dropped.join(', ') || '0',
    share(sum(({ duplicatedPackets }) => duplicatedPackets)),
    share(sum(({ corruptedPackets }) => corruptedPackets)),
    share(sum(({ reorderedPackets }) => reorderedPackets)),
    say.milliseconds(lateness.length === 0 ? undefined : Math.max(...lateness)),
  ];
}

function countsOf({ repetitions }: Cell): LinkCount[] {
  return repetitions.flatMap(({ outcome }) =>
    outcome.kind === 'measured' && outcome.link !== undefined ? [outcome.link] : [],
  );
}

interface Sent {
  readonly packets: number;
  readonly bytes: number;
}

/** Both directions, over all repetitions; empty where the carrier sees no packets. */
export function trafficByKind(cell: Cell): Map<string, Sent> {
  const kinds = new Map<string, Sent>();
  for (const { traffic } of countsOf(cell)) {
    for (const direction of traffic === undefined ? [] : [traffic.up, traffic.down]) {
      for (const [kind, { packets, bytes }] of Object.entries(direction)) {
        const sum = kinds.get(kind) ?? { packets: 0, bytes: 0 };
        kinds.set(kind, { packets: sum.packets + packets, bytes: sum.bytes + bytes });
      }
    }
  }
  return kinds;
}
