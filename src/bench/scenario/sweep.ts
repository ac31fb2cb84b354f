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
const EXAMPLE = 'an impairment of every link, such as loss, or a path, such as workload.bodyBytes or links.home.delay';
const KERNEL = 'hosts.kernel.';

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
  const shortKeys = shortKeysOf(Object.keys(sweep));
  for (const [key, values] of Object.entries(sweep)) {
    // Before they are made: there may be a great many.
    const count = points.length * (typeof values === 'object' && values !== null ? Object.keys(values).length : 0);
    if (count > MOST_POINTS) {
      throw new ScenarioError(['sweep', key], `the sweep has ${count} points, and the limit is ${MOST_POINTS}`);
    }
    const steps = stepsOf(key, values);
    const places = placesOf(data, key);
    points = points.flatMap((point) => steps.map((step) => withStep(point, key, shortKeys.get(key)!, places, step)));
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

/** The last part of each, and the whole where two have the same last part. */
function shortKeysOf(keys: readonly string[]): Map<string, string> {
  const lastOf = (key: string) => key.split('.').at(-1)!;
  const isAlone = (key: string) => keys.filter((other) => lastOf(other) === lastOf(key)).length === 1;
  return new Map(keys.map((key) => [key, isAlone(key) ? lastOf(key) : key]));
}

function withStep(
  point: SweptPoint,
  key: string,
  shortKey: string,
  places: readonly string[][],
  step: Step,
): SweptPoint {
  const data = places.reduce<unknown>((changed, place) => withValue(changed, place, 0, step.value, key), point.data);
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
  const [top] = key.split('.', 1);
  if (top === 'links' || top === 'transports') return [placeOfNamed(data, top, key)];
  if (key.startsWith(KERNEL)) return [['hosts', 'kernel', key.slice(KERNEL.length)]];
  const place = key.split('.');
  if (place.length > 1 && top === 'workload') return [place];
  throw new ScenarioError(['sweep', key], `can't be swept; name ${EXAMPLE}`, 'key');
}

/** Names may have dots in them: the longest that fits is meant. */
function placeOfNamed(data: Data, top: 'links' | 'transports', key: string): string[] {
  const named = data[top];
  if (!isObject(named)) {
    throw new ScenarioError(
      ['sweep', key],
      `leads into ${top}, which is ${show(named)}; write it with fields first`,
      'key',
    );
  }
  const names = Object.keys(named);
  const path = key.slice(top.length + 1);
  const [name] = names
    .filter((each) => path === each || path.startsWith(`${each}.`))
    .sort((a, b) => b.length - a.length);
  if (name === undefined) {
    throw new ScenarioError(['sweep', key], `leads to nothing in ${top}; there is: ${names.join(', ')}`, 'key');
  }
  const rest = path.slice(name.length + 1);
  return [top, name, ...(rest === '' ? [] : rest.split('.'))];
}

function placesInLink(name: string, link: unknown, impairment: string): string[][] {
  if (isObject(link) && ('up' in link || 'down' in link)) {
    return ['up', 'down'].map((direction) => ['links', name, direction, impairment]);
  }
  return [['links', name, impairment]];
}

/** @param depth how many steps of `place` lead to `data` */
function withValue(data: unknown, place: readonly string[], depth: number, value: unknown, key: string): unknown {
  const step = place[depth];
  if (step === undefined) return value;
  if (data !== undefined && !isObject(data)) {
    const problem = `leads into ${place.slice(0, depth).join('.')}, which is ${show(data)}; write it with fields first`;
    throw new ScenarioError(['sweep', key], problem, 'key');
  }
  const fields = data ?? {};
  return { ...fields, [step]: withValue(fields[step], place, depth + 1, value, key) };
}
