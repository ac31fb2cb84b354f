// A scenario file → a scenario. Whatever is wrong is told with file, line and column.
import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
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
  const document = parsed(text, file, lines);
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) throw new CallerError(`${place(syntaxError.pos[0])}: ${wordsOf(syntaxError)}`);
  if (document.contents === null) throw new CallerError(`${file}: the file is empty; see docs/adding-a-scenario.md`);
  requirePlain(document.contents, MOST_LEVELS, (node, why) => {
    throw new CallerError(`${place(rangeStart(node))}: ${why}`);
  });
  try {
    return parseScenario(plainData(document, file), vocabulary);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const where = error.path.length > 0 ? `${error.path.join('.')}: ` : '';
    const message = error.message.startsWith(where) ? error.message : where + error.message;
    throw new CallerError(`${place(offsetOf(document.contents, error))}: ${oneLine(message)}`);
  }
}

/** More than any scenario needs: what is larger has been written by a program that means no good. */
const LARGEST_CHARACTERS = 100_000;
const MOST_LEVELS = 32;
const NESTED = `it nests more than ${MOST_LEVELS} levels deep; no scenario needs so many`;

/** @throws CallerError where the file is too large, or nested too deeply for the parser */
function parsed(text: string, file: string, lineCounter: LineCounter): Document {
  if (text.length > LARGEST_CHARACTERS) {
    const size = `it has ${text.length} characters, and the limit is ${LARGEST_CHARACTERS}`;
    throw new CallerError(`${file}: ${size}; a scenario is a page of text`);
  }
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false });
  } catch (error) {
    if (error instanceof RangeError) throw new CallerError(`${file}: ${NESTED}`);
    throw error;
  }
}

/** A key that is a collection is written as text by the parser, which takes minutes where keys are in keys. */
function requirePlain(node: unknown, levels: number, refuse: (node: unknown, why: string) => never): void {
  if (!isCollection(node)) return;
  if (levels === 0) refuse(node, NESTED);
  for (const item of node.items) {
    if (isPair(item) && !isName(item.key)) refuse(item.key, 'this is no key; a key is some text');
    requirePlain(isPair(item) ? item.value : item, levels - 1, refuse);
  }
}

/** YAML has scalars that are bytes. */
function isName(key: unknown): boolean {
  return isScalar(key) && (typeof key.value !== 'object' || key.value === null);
}

function wordsOf({ code, message }: YAMLParseError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; a file holds one scenario';
  if (code === 'RESOURCE_EXHAUSTION') return NESTED;
  return oneLine(message);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** @throws CallerError where aliases lead nowhere, or into themselves, or make a small file a huge value */
function plainData(document: Document, file: string): unknown {
  let data: unknown;
  try {
    data = document.toJS();
  } catch (error) {
    throw new CallerError(`${file}: ${error instanceof RangeError ? NESTED : oneLine((error as Error).message)}`);
  }
  if (isDeeperThan(MOST_LEVELS, data)) throw new CallerError(`${file}: ${NESTED}`);
  return data;
}

/** What leads into itself is deeper than any limit. */
function isDeeperThan(levels: number, data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return levels === 0 || Object.values(data).some((value) => isDeeperThan(levels - 1, value));
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
