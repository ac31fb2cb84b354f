// Everybody chats: how long messages take, where those are that did not arrive, and what it costs both ends.
import { setTimeout as pause } from 'node:timers/promises';
import { monotonicNs } from '../../src/monotonic.ts';
import type { Hear, Wire } from '../crowd/crowd.ts';
import type { LightUser } from '../crowd/light-user.ts';
import { ms, type Row } from '../harness/table.ts';
import { quantile } from '../link/statistics.ts';
import { Conversation } from './conversation.ts';
import { droppedByPort, receiveBufferErrors } from './kernel.ts';
import type { LoadSettings } from './settings.ts';
import { joined, onStage, type Stage } from './stage.ts';

export interface ChatFigures {
  readonly planned: number;
  readonly sent: number;
  readonly delivered: number;
  /** Came a second time, or to somebody else. */
  readonly wrong: number;
  readonly refused: number;
  /** Found the receive buffer of the server's socket full, or of a reader's. Over TCP there are none. */
  readonly droppedAtServer: number;
  readonly droppedAtReaders: number;
  /** Neither delivered, nor refused, nor among what the kernel dropped. */
  readonly unexplained: number;
  /** The kernel's count for the whole host, other programs' too. */
  readonly receiveBufferErrors: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly mostMs: number;
  readonly latestSendMs: number;
  /** Seconds of processor per second. */
  readonly serverCpu: number;
  readonly crowdCpu: number;
}

const WANTED_P99_MS = 50;

export function measureChat(settings: LoadSettings): Promise<ChatFigures> {
  const { users, seconds } = settings;
  return onStage(settings, async (stage) => converse(stage, await joined(stage, users), seconds));
}

/** @param hearToo told of everything as well */
export async function converse(
  stage: Stage,
  writers: readonly LightUser[],
  seconds: number,
  hearToo: Hear = () => {},
): Promise<ChatFigures> {
  const conversation = new Conversation(writers, seconds);
  stage.crowd.hear = (user, frame, atNs) => {
    conversation.hear(user, frame, atNs);
    hearToo(user, frame, atNs);
  };
  const dropsBefore = drops(stage, writers);
  const costsBefore = await costs(stage);
  await conversation.hold();
  const costsAfter = await costs(stage);
  await untilQuiet(conversation);
  const dropsAfter = drops(stage, writers);
  const { sent, delivered, refused } = conversation;
  const droppedAtServer = dropsAfter.atServer - dropsBefore.atServer;
  const droppedAtReaders = dropsAfter.atReaders - dropsBefore.atReaders;
  const account = { sent, delivered, refused, droppedAtServer, droppedAtReaders };
  const delaysMs = conversation.sortedDelaysMs();
  const elapsed = (costsAfter.atNs - costsBefore.atNs) / 1e9;
  return {
    planned: Math.round(writers.length * seconds),
    ...account,
    wrong: conversation.twice + conversation.strayed,
    unexplained: unexplained(account),
    receiveBufferErrors: dropsAfter.onHost - dropsBefore.onHost,
    p50Ms: quantile(delaysMs, 0.5),
    p90Ms: quantile(delaysMs, 0.9),
    p99Ms: quantile(delaysMs, 0.99),
    mostMs: quantile(delaysMs, 1),
    latestSendMs: conversation.latestMs,
    serverCpu: (costsAfter.serverSeconds - costsBefore.serverSeconds) / elapsed,
    crowdCpu: (costsAfter.crowdSeconds - costsBefore.crowdSeconds) / elapsed,
  };
}

type Account = Pick<ChatFigures, 'sent' | 'delivered' | 'refused' | 'droppedAtServer' | 'droppedAtReaders'>;

/** What was dropped may have been a keep-alive: more may be dropped than is missing. */
function unexplained({ sent, delivered, refused, droppedAtServer, droppedAtReaders }: Account): number {
  return Math.max(0, sent - delivered - refused - droppedAtServer - droppedAtReaders);
}

/** Nothing more is to come when so long nothing has. */
const QUIET_MS = 500;
const LONGEST_WAIT_MS = 20_000;

async function untilQuiet(conversation: Conversation): Promise<void> {
  const lastNs = monotonicNs() + LONGEST_WAIT_MS * 1e6;
  let seen = -1;
  while (conversation.delivered !== seen && conversation.delivered < conversation.sent && monotonicNs() < lastNs) {
    seen = conversation.delivered;
    await pause(QUIET_MS);
  }
}

function drops({ wire, server }: Stage, readers: readonly LightUser[]) {
  if (wire === 'tcp') return { atServer: 0, atReaders: 0, onHost: 0 };
  const byPort = droppedByPort();
  return {
    atServer: byPort.get(server.address.port) ?? 0,
    atReaders: readers.reduce((sum, { localPort }) => sum + (byPort.get(localPort) ?? 0), 0),
    onHost: receiveBufferErrors(),
  };
}

async function costs({ server }: Stage) {
  const serverSeconds = await server.api.cpuSeconds(undefined);
  const { user, system } = process.cpuUsage();
  return { atNs: monotonicNs(), serverSeconds, crowdSeconds: (user + system) / 1e6 };
}

export function chatRows({ wire, users, seconds }: LoadSettings, figures: ChatFigures): Row[] {
  const { sent, planned, p99Ms, serverCpu, crowdCpu } = figures;
  const per = `${wire}: ${users.toLocaleString('en')} messages/s, ${seconds} s`;
  return [
    {
      what: per,
      measured: `${delayWords(figures)}\nsent at most ${ms(figures.latestSendMs)} late`,
      wanted: `p99 under ${WANTED_P99_MS} ms`,
      isReached: p99Ms < WANTED_P99_MS,
    },
    {
      what: `${wire}: where they are`,
      measured: accountWords(figures),
      wanted: wire === 'tcp' ? 'all delivered' : 'all accounted for',
      isReached: sent === planned && isClosed(figures, wire),
    },
    {
      what: `${wire}: processor`,
      measured: `server ${serverCpu.toFixed(2)} s, crowd ${crowdCpu.toFixed(2)} s of each second`,
    },
  ];
}

/** Whether every message is where it should be, or at least where it is known to be lost. */
export function isClosed(chat: ChatFigures, wire: Wire): boolean {
  return chat.unexplained === 0 && chat.wrong === 0 && (wire === 'udp' || chat.delivered === chat.sent);
}

export function delayWords({ p50Ms, p90Ms, p99Ms, mostMs }: ChatFigures): string {
  return `delay p50 ${ms(p50Ms)}, p90 ${ms(p90Ms)}, p99 ${ms(p99Ms)}, most ${ms(mostMs)}`;
}

/** Both, and how many times as long the second is. */
export function comparedWords(without: ChatFigures, beside: ChatFigures): string {
  const ratio = (beside.p99Ms / without.p99Ms).toFixed(2);
  return `without them ${delayWords(without)}\nbeside them ${delayWords(beside)}\np99 ${ratio} times as long`;
}

export function comparedAccounts(without: ChatFigures, beside: ChatFigures): string {
  return `without them ${accountWords(without)}\nbeside them ${accountWords(beside)}`;
}

export function accountWords(figures: ChatFigures): string {
  const { sent, delivered, refused, wrong, droppedAtServer, droppedAtReaders } = figures;
  const beside = [
    [refused, 'refused'],
    [droppedAtServer, "dropped at the server's buffer"],
    [droppedAtReaders, "dropped at readers' buffers"],
    [wrong, 'twice or astray'],
  ] as const;
  return [
    `${delivered.toLocaleString('en')} of ${sent.toLocaleString('en')} delivered`,
    ...beside.filter(([count]) => count > 0).map(([count, words]) => `${count.toLocaleString('en')} ${words}`),
    `${figures.unexplained} unexplained`,
  ].join('; ');
}
