// A scenario file → a scenario. Whatever is wrong is told with file, line and column.
import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLParseError,
} from 'yaml';
import { CallerError } from '../../core/errors.ts';
import { parseScenario, type Vocabulary } from './parse-scenario.ts';
import { type Scenario, ScenarioError } from './scenario.ts';

/**
 * @param file as the reader of an error would name it
 * @throws CallerError `file:line:column: what is wrong`
 */
export function readScenario(text: string, file: string, vocabulary: Vocabulary): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) throw new CallerError(`${place(syntaxError.pos[0])}: ${wordsOf(syntaxError)}`);
  if (document.contents === null) throw new CallerError(`${file}: the file is empty; see docs/adding-a-scenario.md`);
  try {
    return parseScenario(plainData(document, file), vocabulary);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const where = error.path.length > 0 ? `${error.path.join('.')}: ` : '';
    const message = error.message.startsWith(where) ? error.message : where + error.message;
    throw new CallerError(`${place(offsetOf(document.contents, error))}: ${oneLine(message)}`);
  }
}

function wordsOf({ code, message }: YAMLParseError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; a file holds one scenario';
  return oneLine(message);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** @throws CallerError where aliases lead nowhere, or make a small file a huge value */
function plainData(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new CallerError(`${file}: ${(error as Error).message}`);
  }
}

/** Where the key or the value at `path` begins; for one that is missing, where what should hold it begins. */
function offsetOf(contents: unknown, { path, about }: ScenarioError): number {
  let node = contents;
  let offset = rangeStart(contents);
  for (const [depth, step] of path.entries()) {
    const next = valueAt(node, step);
    if (next === undefined) return offset;
    offset = about === 'key' && depth === path.length - 1 ? keyStart(node, step) : rangeStart(next);
    node = next;
  }
  return offset;
}

function valueAt(node: unknown, step: string | number): unknown {
  if (isMap(node)) return pairOf(node, step)?.value ?? undefined;
  return isCollection(node) ? node.get(step, true) : undefined;
}

function keyStart(node: unknown, name: string | number): number {
  return rangeStart(isMap(node) ? pairOf(node, name)?.key : undefined);
}

/** In plain data every key is text, whatever it was in the file. */
function pairOf(map: YAMLMap, name: string | number): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === String(name));
}

function rangeStart(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
