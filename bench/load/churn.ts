// Users come and go beside those who stay and chat: what those notice, and whether anything is left of those who went.
import { setTimeout as pause } from 'node:timers/promises';
import { DEFAULT_TIMING } from '../../src/core/transport.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { COOKIE_LIFETIME_MS } from '../../src/udp/cookie.ts';
import { onTime } from '../crowd/on-time.ts';
import type { ServerLook } from '../crowd/server-process.ts';
import { mib, type Row } from '../harness/table.ts';
import { type ChatFigures, comparedAccounts, comparedWords, converse, isClosed } from './chat.ts';
import type { LoadSettings } from './settings.ts';
import { eventually, joined, onStage, type Stage } from './stage.ts';

export interface ChurnFigures {
  readonly stay: number;
  readonly perSecond: number;
  readonly without: ChatFigures;
  readonly beside: ChatFigures;
  readonly came: number;
  readonly notLetIn: number;
  readonly before: ServerLook;
  /** When all who went have gone. */
  readonly after: ServerLook;
  /** When their handshakes are forgotten as well; only over UDP, and only in a run of full length. */
  readonly later?: ServerLook;
}

const LONGEST_SECONDS = 20;
/** How long each stays who goes again. */
const STAY_MS = 1000;
/** A CLOSE that the kernel dropped leaves somebody who is given up for his silence, at the sweep after that limit. */
const GONE_WITHIN_MS = 1.25 * DEFAULT_TIMING.idleLimitMs;
const FORGOTTEN_WITHIN_MS = 1.1 * COOKIE_LIFETIME_MS;
/** Half of the users stay; this share of all users comes, and goes, each second. */
const CHURN_PER_SECOND = 0.05;

export function measureChurn(settings: LoadSettings): Promise<ChurnFigures> {
  const { wire, users, seconds: asked } = settings;
  const seconds = Math.min(asked, LONGEST_SECONDS);
  const perSecond = users * CHURN_PER_SECOND;
  return onStage(settings, async (stage) => {
    const stay = await joined(stage, Math.floor(users / 2));
    const without = await converse(stage, stay, seconds);
    const before = await stage.server.api.look(undefined);
    const [beside, visits] = await Promise.all([converse(stage, stay, seconds), visit(stage, perSecond, seconds)]);
    await eventually(async () => (await stage.server.api.userCount(undefined)) === stay.length, GONE_WITHIN_MS);
    // What is closed is let go of in the turns after.
    await pause(500);
    const after = await stage.server.api.look(undefined);
    const figures = { stay: stay.length, perSecond, without, beside, before, after, ...visits };
    if (wire === 'tcp' || seconds < LONGEST_SECONDS) return figures;
    await pause(FORGOTTEN_WITHIN_MS);
    return { ...figures, later: await stage.server.api.look(undefined) };
  });
}

async function visit({ crowd, wire }: Stage, perSecond: number, seconds: number) {
  let notLetIn = 0;
  const visits: Promise<void>[] = [];
  const one = async () => {
    const { user, joinedAtNs } = await crowd.join(wire);
    if (joinedAtNs === undefined) notLetIn++;
    await pause(STAY_MS);
    user.leave();
  };
  const count = Math.round(perSecond * seconds);
  const plan = { originNs: monotonicNs(), count, intervalNs: 1e9 / perSecond };
  await onTime(plan, () => visits.push(one()));
  await Promise.all(visits);
  return { came: count, notLetIn };
}

export function churnRows({ wire }: LoadSettings, figures: ChurnFigures): Row[] {
  const { stay, perSecond, without, beside, came, notLetIn, before, after, later } = figures;
  return [
    {
      what: `${wire}: ${stay.toLocaleString('en')} chat beside ${perSecond} joins and ${perSecond} leaves/s`,
      measured: comparedWords(without, beside),
    },
    {
      what: `${wire}: where their messages are`,
      measured: comparedAccounts(without, beside),
      wanted: wire === 'tcp' ? 'all delivered' : 'all accounted for',
      isReached: [without, beside].every((chat) => isClosed(chat, wire)),
    },
    {
      what: `${wire}: what is left of ${came.toLocaleString('en')} who came and went`,
      measured: [
        `${after.users - stay} users, ${sockets(after) - sockets(before)} sockets; ${notLetIn} were not let in`,
        memoryWords('before', before),
        memoryWords('after', after),
        ...(later === undefined ? [] : [memoryWords('and with their handshakes forgotten', later)]),
      ].join('\n'),
      wanted: 'no user, no socket; all let in',
      isReached: after.users === stay && sockets(after) === sockets(before) && notLetIn === 0,
    },
  ];
}

function memoryWords(when: string, { heapBytes, rssBytes }: ServerLook): string {
  return `${when}: heap ${mib(heapBytes)}, resident ${mib(rssBytes)}`;
}

function sockets({ resources }: ServerLook): number {
  return (resources['TCPSocketWrap'] ?? 0) + (resources['UDPWrap'] ?? 0);
}
