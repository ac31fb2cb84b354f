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

export type Carries = { available: true } | { available: false; reason: string };

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
    reason: `loopback has nothing between the hosts to impair (asked: ${describeProfile(profile)})`,
  };
}

/** UDP: everything. TCP: delay and rate. */
export function relayCarries(profile: LinkProfile, transport: 'tcp' | 'udp'): Carries {
  if (transport === 'udp') return { available: true };
  const asked = [...new Set([...beyondStream(profile.up), ...beyondStream(profile.down)])];
  if (asked.length === 0) return { available: true };
  return {
    available: false,
    reason: `the relay stands above the kernel: a TCP stream can't lose, reorder or duplicate segments there (asked: ${asked.join(', ')})`,
  };
}

const BEYOND_STREAM: readonly ImpairmentName[] = ['queue', 'jitter', 'loss', 'reorder', 'duplicate', 'corrupt'];

function beyondStream(profile: DirectionProfile): string[] {
  return BEYOND_STREAM.map((name) => describeImpairment(profile, name)).filter((words) => words !== undefined);
}
