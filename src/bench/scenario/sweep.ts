// A sweep: the same experiment at several settings. It works on plain data, before anything is read: each point is the
// scenario with some values put in their places, so a swept value is checked like any other.

import { isObject, show } from '../../link/plain-data.ts';
import { IMPAIRMENT_NAMES } from '../../link/profile.ts';
import { ScenarioError } from './scenario.ts';

type Data = Readonly<Record<string, unknown>>;

export interface SweptPoint {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  /** The scenario with this point's values. */
  readonly data: Data;
  /** Where in the sweep a value of the data is from, for errors: the path of the place, and that of the value. */
  readonly origins: readonly { readonly place: readonly string[]; readonly value: readonly (string | number)[] }[];
}

const MOST_POINTS = 64;
const SWEEPABLE = ['links', 'workload', 'transports', 'hosts', 'waitingTime'];
const EXAMPLE = 'an impairment of every link, such as loss, or a path, such as workload.bodyBytes or links.home.delay';

/** One point without a sweep; otherwise every combination, the first key slowest. */
export function sweptPoints(data: Data, sweep: unknown): [SweptPoint, ...SweptPoint[]] {
  const whole: SweptPoint = { name: '', values: {}, data, origins: [] };
  if (sweep === undefined) return [whole];
  if (!isObject(sweep) || Object.keys(sweep).length === 0) {
    throw new ScenarioError(
      ['sweep'],
      `${show(sweep)} is no set of fields; name ${EXAMPLE}, each with a list of values`,
    );
  }
  let points: SweptPoint[] = [whole];
  for (const [key, values] of Object.entries(sweep)) {
    const steps = stepsOf(key, values);
    points = points.flatMap((point) => steps.map((step) => withStep(point, key, step)));
    if (points.length > MOST_POINTS) {
      throw new ScenarioError(['sweep', key], `the sweep has ${points.length} points, and the limit is ${MOST_POINTS}`);
    }
  }
  return points as [SweptPoint, ...SweptPoint[]];
}

interface Step {
  readonly label: string;
  readonly value: unknown;
  readonly path: readonly (string | number)[];
}

/** A list of values, or a set of named ones. */
function stepsOf(key: string, values: unknown): Step[] {
  const path = ['sweep', key];
  const steps = Array.isArray(values)
    ? values.map((value, at): Step => ({ label: labelOf(value, [...path, at]), value, path: [...path, at] }))
    : isObject(values)
      ? Object.entries(values).map(([label, value]): Step => ({ label, value, path: [...path, label] }))
      : [];
  if (steps.length === 0) throw new ScenarioError(path, `${show(values)} is no list of values`);
  const again = steps.find(({ label }, at) => steps.findIndex((other) => other.label === label) < at);
  if (again !== undefined) throw new ScenarioError(again.path, `${again.label} is there twice`);
  return steps;
}

function labelOf(value: unknown, path: readonly (string | number)[]): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ScenarioError(path, `${show(value)} has no short name; write a set of named values instead of a list`);
}

function withStep(point: SweptPoint, key: string, step: Step): SweptPoint {
  const places = placesOf(point.data, key);
  const data = places.reduce<unknown>((changed, place) => withValue(changed, place, step.value, key), point.data);
  const shortKey = key.split('.').at(-1)!;
  return {
    name: [...(point.name === '' ? [] : [point.name]), `${shortKey} ${step.label}`].join(', '),
    values: { ...point.values, [key]: step.label },
    data: data as Data,
    origins: [...point.origins, ...places.map((place) => ({ place, value: step.path }))],
  };
}

/** Which places of the scenario a key means. */
function placesOf(data: Data, key: string): string[][] {
  if (IMPAIRMENT_NAMES.some((name) => name === key)) {
    const links = isObject(data['links']) ? Object.entries(data['links']) : [];
    return links.flatMap(([name, link]) => placesInLink(name, link, key));
  }
  const place = key.split('.');
  if (place.length > 1 && SWEEPABLE.includes(place[0]!)) return [place];
  if (place.length === 1 && place[0] === 'waitingTime') return [place];
  throw new ScenarioError(['sweep', key], `can't be swept; name ${EXAMPLE}`, 'key');
}

function placesInLink(name: string, link: unknown, impairment: string): string[][] {
  if (isObject(link) && ('up' in link || 'down' in link)) {
    return ['up', 'down'].map((direction) => ['links', name, direction, impairment]);
  }
  return [['links', name, impairment]];
}

function withValue(data: unknown, place: readonly string[], value: unknown, key: string): unknown {
  const [first, ...rest] = place;
  if (first === undefined) return value;
  if (data !== undefined && !isObject(data)) {
    throw new ScenarioError(['sweep', key], `leads into ${show(data)}, which has no fields; write it out first`, 'key');
  }
  const fields = data ?? {};
  return { ...fields, [first]: withValue(fields[first], rest, value, key) };
}
