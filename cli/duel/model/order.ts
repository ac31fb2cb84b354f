// What a line of a duel asks for, typed or in a script. Pure.

export type Order =
  | { readonly kind: 'say'; readonly body: string }
  /** Numbered messages, one every so often. */
  | { readonly kind: 'flood'; readonly count: number; readonly everyMs: number }
  | { readonly kind: 'link'; readonly words: string }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'save'; readonly file: string }
  | { readonly kind: 'clear' | 'keys' | 'leave' }
  | { readonly kind: 'mistake'; readonly mistake: OrderMistake };

export type OrderMistake =
  | { readonly kind: 'flood-count' | 'flood-pause' | 'wait'; readonly given: string }
  | { readonly kind: 'no-file' }
  | { readonly kind: 'unknown-command'; readonly given: string };

export const MOST_FLOOD = 10_000;
const DEFAULT_FLOOD = { count: '50', every: '20ms' };
export const LONGEST_PAUSE_MS = 60_000;

/** @param line not empty */
export function orderIn(line: string): Order {
  if (!line.startsWith('/')) return { kind: 'say', body: line };
  // Two slashes stand for one: so a text can begin with it.
  if (line.startsWith('//')) return { kind: 'say', body: line.slice(1) };
  const [command = '', ...rest] = line.trim().split(/\s+/);
  const argument = rest.join(' ');
  switch (command) {
    case '/flood':
      return flood(rest);
    case '/link':
      return { kind: 'link', words: argument };
    case '/wait':
      return wait(argument);
    case '/save':
      return argument === '' ? mistake({ kind: 'no-file' }) : { kind: 'save', file: argument };
    case '/clear':
      return { kind: 'clear' };
    case '/help':
      return { kind: 'keys' };
    case '/quit':
      return { kind: 'leave' };
    default:
      return mistake({ kind: 'unknown-command', given: command });
  }
}

/** Empty lines and those that begin with # mean nothing. */
export function ordersIn(script: string): { readonly order: Order; readonly lineNumber: number }[] {
  return script
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, at) => {
      const isNothing = line.trim() === '' || line.startsWith('#');
      return isNothing ? [] : [{ order: orderIn(line), lineNumber: at + 1 }];
    });
}

function flood([count = DEFAULT_FLOOD.count, every = DEFAULT_FLOOD.every]: string[]): Order {
  const messages = Number(count);
  if (!/^\d+$/.test(count) || messages < 1 || messages > MOST_FLOOD) {
    return mistake({ kind: 'flood-count', given: count });
  }
  const everyMs = timeIn(every);
  if (everyMs === undefined) return mistake({ kind: 'flood-pause', given: every });
  return { kind: 'flood', count: messages, everyMs };
}

function wait(given: string): Order {
  const ms = timeIn(given);
  return ms === undefined ? mistake({ kind: 'wait', given }) : { kind: 'wait', ms };
}

/** In ms; undefined where it is none, or too long. */
function timeIn(text: string): number | undefined {
  const [, number = '', unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(text) ?? [];
  const ms = Number(number) * (unit === 's' ? 1000 : 1);
  return number !== '' && ms <= LONGEST_PAUSE_MS ? ms : undefined;
}

function mistake(what: OrderMistake): Order {
  return { kind: 'mistake', mistake: what };
}
