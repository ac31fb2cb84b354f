// What carries real packets across a link, and what each carrier is honestly able to do with a profile. Data alone:
// who can't carry something says why, and that cell of an experiment is then not available, never a number.

import {
  type DirectionProfile,
  describeImpairment,
  describeProfile,
  type ImpairmentName,
  type LinkProfile,
} from './profile.ts';

export type Backend = 'loopback' | 'relay' | 'tun';

export type Carries = { available: true } | { available: false; obstacle: Obstacle };

/** Why not, as data: whoever tells it has a language. */
export type Obstacle =
  | {
      readonly kind:
        | 'loopback-impairs-nothing'
        | 'relay-cannot-touch-segments'
        | 'server-elsewhere'
        | 'no-hosts-to-set';
      readonly backend: string;
      /** What was asked for, in netem's words and the kernel's. */
      readonly asked: readonly string[];
    }
  | { readonly kind: 'relay-knows-not'; readonly transport: string }
  | { readonly kind: 'relay-carries-one' }
  | { readonly kind: 'no-congestion-control'; readonly asked: string; readonly known: readonly string[] };

export function backendCarries(backend: Backend, profile: LinkProfile, transport: 'tcp' | 'udp'): Carries {
  switch (backend) {
    case 'loopback':
      return loopbackCarries(profile);
    case 'relay':
      return relayCarries(profile, transport);
    case 'tun':
      return { available: true };
  }
}

/** Nothing stands between the hosts, so nothing can be impaired. */
export function loopbackCarries(profile: LinkProfile): Carries {
  if (Object.keys(profile.up).length + Object.keys(profile.down).length === 0) return { available: true };
  return {
    available: false,
    obstacle: { kind: 'loopback-impairs-nothing', backend: 'loopback', asked: [describeProfile(profile)] },
  };
}

/** UDP: everything. TCP: delay and rate. */
export function relayCarries(profile: LinkProfile, transport: 'tcp' | 'udp'): Carries {
  if (transport === 'udp') return { available: true };
  const asked = beyondStream(profile);
  if (asked.length === 0) return { available: true };
  return { available: false, obstacle: { kind: 'relay-cannot-touch-segments', backend: 'relay', asked } };
}

const BEYOND_STREAM: readonly ImpairmentName[] = ['queue', 'jitter', 'loss', 'reorder', 'duplicate', 'corrupt'];

/** What of it a relay can't do to a stream, in netem's words. */
export function beyondStream({ up, down }: LinkProfile): string[] {
  const wordsOf = (direction: DirectionProfile) => BEYOND_STREAM.map((name) => describeImpairment(direction, name));
  return [...new Set([...wordsOf(up), ...wordsOf(down)])].filter((words) => words !== undefined);
}
