// A scenario file → a scenario. Whatever is wrong is told with file, line and column.
import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { CallerError } from '../core/errors.ts';
import { parseScenario, type Scenario, ScenarioError } from './scenario.ts';

/**
 * @param file as the reader of an error would name it
 * @throws CallerError `file:line:column: what is wrong`
 */
export function readScenario(text: string, file: string, knownTransports: readonly string[]): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) throw new CallerError(`${place(syntaxError.pos[0])}: ${syntaxError.message}`);
  try {
    return parseScenario(document.toJS(), knownTransports);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const where = error.path.length > 0 ? `${error.path.join('.')}: ` : '';
    const message = error.message.startsWith(where) ? error.message : where + error.message;
    throw new CallerError(`${place(offsetOf(document.contents, error))}: ${message}`);
  }
}

/** Where the key or the value at `path` begins; for one that is missing, where what should hold it begins. */
function offsetOf(contents: unknown, { path, about }: ScenarioError): number {
  let node = contents;
  let offset = rangeStart(contents);
  for (const [depth, step] of path.entries()) {
    const next = isCollection(node) ? node.get(step, true) : undefined;
    if (next === undefined) return offset;
    offset = about === 'key' && depth === path.length - 1 ? keyStart(node, step) : rangeStart(next);
    node = next;
  }
  return offset;
}

function keyStart(map: unknown, name: string | number): number {
  const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === name) : undefined;
  return rangeStart(pair?.key);
}

function rangeStart(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
