// Pieces that the schema of a run.json is made of. The types are those of result.ts: a field that is forgotten, or has
// another type, does not compile.
import { z } from 'zod';
import type { Account, CellName, Figure, LabProcess, NoInterval, SignedFigure } from '../../result.ts';

/** Fields that the file may have beside these are left alone: they are of a newer lab. */
export function fields<T>(shape: { [Name in keyof T]-?: z.ZodType<T[Name]> }): z.ZodType<T> {
  return z.object(shape) as unknown as z.ZodType<T>;
}

/** One of several, told apart by `kind`; it is the variant's own field that is wrong then, and not the whole. */
export function kinds<T extends { kind: string }>(variants: { [Kind in T['kind']]: z.ZodType<OfKind<T, Kind>> }) {
  const all = Object.values(variants) as [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]];
  const known = `unknown; known: ${Object.keys(variants).join(', ')}`;
  const error = ({ code }: z.core.$ZodRawIssue) => (code === 'invalid_union' ? known : undefined);
  return z.discriminatedUnion('kind', all, { error }) as unknown as z.ZodType<T>;
}

/** Several kinds may share their fields. */
type OfKind<T extends { kind: string }, Kind> = T extends unknown
  ? Kind extends T['kind']
    ? Omit<T, 'kind'> & { readonly kind: Kind }
    : never
  : never;

/** A variant that says nothing but its kind. */
export function only<Kind extends string>(kind: Kind): z.ZodType<{ readonly kind: Kind }> {
  return fields<{ readonly kind: Kind }>({ kind: z.literal(kind) as unknown as z.ZodType<Kind> });
}

export const text = z.string();
export const number = z.number();
export const reading = number.nullable();
export const numbers = z.record(text, number);
export const texts = z.record(text, text);

export const signedReading = z.union([number, z.literal('-infinite')]).nullable();

export const place = { link: text, point: text };
export const cellName = fields<CellName>({ transport: text, ...place });

export const labProcess: z.ZodType<LabProcess> = z.enum(['controller', 'server', 'worker', 'link']);

export const noInterval = kinds<NoInterval>({
  'under-way': only('under-way'),
  total: only('total'),
  extreme: only('extreme'),
  'neither-reached': only('neither-reached'),
  'too-few-repetitions': fields<Extract<NoInterval, { kind: 'too-few-repetitions' }>>({
    kind: z.literal('too-few-repetitions'),
    repetitions: number,
    least: number,
    confidence: number,
  }),
});

export const figure = fields<Figure>({
  value: reading,
  low: reading.optional(),
  high: reading.optional(),
  noInterval: noInterval.optional(),
});

export const signedFigure = fields<SignedFigure>({
  value: signedReading,
  low: signedReading.optional(),
  high: signedReading.optional(),
  noInterval: noInterval.optional(),
});

export const account = fields<Account>({ sent: number, delivered: number, lost: numbers, unexplained: number });
