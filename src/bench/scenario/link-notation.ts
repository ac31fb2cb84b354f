// How a link is written, for an editor that completes and checks while somebody types. What a link may be is decided by
// the link itself, when the file is read: this says what keys there are, and in which units.
import { DISTRIBUTIONS } from '../../link/distribution.ts';
import { NAMED_PROFILES } from '../../link/named-profiles.ts';
import type { ImpairmentName } from '../../link/profile.ts';

const quantity = (units: string) => ({ type: 'string', pattern: `^\\s*\\d+(\\.\\d+)?\\s*(${units})\\s*$` });

export const TIME = quantity('[uU][sS]|[mM][sS]|[sS]');
export const SIZE = quantity('[kKmM]?[bB]|[kKmM][iI][bB]');
const RATE = quantity('[kKmMgG]?[bB][iI][tT]');
const SHARE = quantity('%');
const PACKETS = quantity('[pP]');

const fields = (properties: object, ...required: string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const listOf = (items: object) => ({ type: 'array', minItems: 1, items });
const oneOf = (...shapes: object[]) => ({ anyOf: shapes });

const TURNS = { p: SHARE, r: SHARE, lossInBad: SHARE, lossInGood: SHARE };
const OUTAGE = fields({ at: TIME, for: TIME }, 'at', 'for');

/** The word, or the fields, of each impairment: docs/link.md. */
const IMPAIRMENT_NOTATIONS: Readonly<Record<ImpairmentName, object>> = {
  rate: { ...RATE, description: 'of the bottleneck, such as 10mbit' },
  queue: { ...oneOf(SIZE, PACKETS), description: 'before the bottleneck, such as 64kB or 100p; needs a rate' },
  delay: { ...TIME, description: 'such as 20ms' },
  jitter: {
    ...oneOf(TIME, fields({ time: TIME, distribution: { enum: DISTRIBUTIONS }, reorder: { type: 'boolean' } }, 'time')),
    description: 'such as 5ms; at most the delay',
  },
  loss: {
    ...oneOf(
      SHARE,
      fields({ kind: { const: 'random' }, probability: SHARE }, 'kind', 'probability'),
      fields({ kind: { const: 'gilbert-elliott' }, ...TURNS }, 'kind', 'p', 'r'),
      fields({ kind: { const: 'list' }, packets: listOf({ type: 'integer', minimum: 1 }) }, 'kind', 'packets'),
      fields({ kind: { const: 'schedule' }, outages: listOf(OUTAGE), every: TIME }, 'kind', 'outages'),
    ),
    description: 'such as 2%',
  },
  reorder: {
    ...oneOf(SHARE, fields({ probability: SHARE, gap: { type: 'integer', minimum: 1 } }, 'probability')),
    description: 'such as 25%; needs a delay',
  },
  duplicate: { ...SHARE, description: 'such as 1%' },
  corrupt: { ...SHARE, description: 'such as 0.1%' },
};

const DIRECTION = fields(IMPAIRMENT_NOTATIONS);

export const LINK_NOTATION = oneOf(
  { enum: Object.keys(NAMED_PROFILES) },
  DIRECTION,
  fields({ up: DIRECTION, down: DIRECTION }),
);

const NAMES = Object.keys(IMPAIRMENT_NOTATIONS);
/** A list, or a set of named ones. */
const VALUES = oneOf(listOf({ type: ['string', 'number', 'boolean'] }), { type: 'object', minProperties: 1 });

/** Impairments of every link by their names, everything else by a path. */
export const SWEEP_NOTATION = {
  type: 'object',
  minProperties: 1,
  propertyNames: { pattern: `^(${NAMES.join('|')}|(links|transports|workload|hosts\\.kernel)\\..+)$` },
  properties: Object.fromEntries(NAMES.map((name) => [name, VALUES])),
  additionalProperties: VALUES,
};
