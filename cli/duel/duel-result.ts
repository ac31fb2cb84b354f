// What a duel leaves behind, for a program: plain data with units in its names.
import type { Chance } from '../../src/link/chance.ts';
import type { LinkProfile } from '../../src/link/profile.ts';
import type { LiveLink, Transport } from '../across/live-link.ts';
import type { LinkState } from '../chat/model/chat-model.ts';
import type { DuelModel, Fate, HeldBack, LinkChange, LogEntry, Receipt } from './model/duel-model.ts';
import { type Score, scoreOf } from './model/score.ts';

export interface DuelResult {
  readonly format: 'transport-lab duel';
  readonly version: 1;
  readonly link: LinkState & {
    readonly profile: LinkProfile;
    readonly chance: Chance;
    readonly whyNoPackets?: string;
    /** In the order in which they were made. */
    readonly changes: readonly LinkChange[];
  };
  readonly sides: Readonly<Record<Transport, SideResult>>;
}

export interface SideResult {
  readonly connection: string;
  readonly score: Score;
  readonly messages: readonly MessageResult[];
  /** The numbers of messages, in the order in which they came or were known to be lost. */
  readonly log: readonly LogEntry[];
}

export interface MessageResult {
  readonly number: number;
  readonly body: string;
  /** Since the first one of the duel. */
  readonly sentMs: number;
  readonly fate: Fate;
  /** Of what has arrived; of anything else none can come. */
  readonly receipt?: Receipt;
  readonly heldBack?: HeldBack;
}

/** As it is printed and saved. */
export function resultText(model: DuelModel, link: LiveLink): string {
  return JSON.stringify(duelResult(model, link), undefined, 2);
}

export function duelResult(
  { messages, sides, link, changes }: DuelModel,
  { profile, chance, whyNoPackets }: LiveLink,
): DuelResult {
  const beginNs = messages[0]?.sentNs ?? 0;
  const sideResult = (transport: Transport): SideResult => {
    const { connection, legs, log } = sides[transport];
    return {
      connection: connection.kind,
      score: scoreOf({ legs }),
      messages: legs.map((leg, at) => {
        const { number, body, sentNs } = messages[at]!;
        const { fate, receipt, heldBack } = leg;
        const isThere = fate.kind === 'arrived';
        return {
          number,
          body,
          sentMs: (sentNs - beginNs) / 1e6,
          fate,
          ...(isThere && { receipt }),
          ...(heldBack !== undefined && { heldBack }),
        };
      }),
      log,
    };
  };
  return {
    format: 'transport-lab duel',
    version: 1,
    link: { ...link, profile, chance, changes, ...(whyNoPackets !== undefined && { whyNoPackets }) },
    sides: { tcp: sideResult('tcp'), udp: sideResult('udp') },
  };
}
