// What a process full of attackers is asked to do.
import type { Wire } from '../crowd/crowd.ts';
import type { Address } from '../crowd/light-user.ts';

export type Attack = 'connections' | 'greetings' | 'openings' | 'joins' | 'messages';

export interface FloodOrder extends Address {
  /** The address of all attackers. */
  readonly from: string;
  readonly wire: Wire;
  readonly attack: Attack;
  readonly perSecond: number;
  readonly seconds: number;
}

export interface AttackerApi {
  /** Answers how many attempts were made. */
  flood(order: FloodOrder): Promise<number>;
}
