// A duel that nobody watches: a script in, its result out.
import { setTimeout as pause } from 'node:timers/promises';
import type { Language } from '../../reports/language/language.ts';
import { CallerError } from '../../src/core/errors.ts';
import type { LiveLink } from '../across/live-link.ts';
import { saveFile } from '../save-file.ts';
import { stopSignal } from '../stop-signal.ts';
import { Duel, type DuelSettings } from './duel.ts';
import { resultText } from './duel-result.ts';
import { type Order, ordersIn } from './model/order.ts';
import { printedDuel } from './printed-duel.ts';
import { DUEL_TEXTS } from './texts.ts';

export interface ScriptSettings extends Omit<DuelSettings, 'changed'> {
  readonly script: string;
  readonly isJson: boolean;
}

/** How long, after its last line, to wait for what is still under way. */
const SETTLE_MS = 60_000;

const SEND_MS = 20;

/**
 * @throws CallerError for a line that can't be obeyed, before anything is sent; what a line on the way fails of is thrown
 * when the result of what was sent until then has been printed
 */
export async function scriptedDuel({ script, isJson, language, ...settings }: ScriptSettings): Promise<void> {
  const orders = ordersIn(script);
  checkOrders(orders, language);
  const duel = new Duel({ ...settings, language, changed: () => {} });
  await duel.begin();
  const stopped = stopSignal();
  const failure = await carryOut(duel, orders, settings.link, stopped.abort);
  duel.end();
  const { model } = duel;
  const text = isJson ? resultText(model, settings.link) : printedDuel(model, settings.link, language);
  process.stdout.write(`${text}\n`);
  if (failure !== undefined) throw failure;
  if (stopped.signal === undefined) return;
  process.exitCode = EXIT_STOPPED;
  // Where the link has ended, whoever held it says so.
  const isLinkThere = await settings.link.news().then(
    () => true,
    () => false,
  );
  if (!isLinkThere) return;
  process.stderr.write(`lab: stopped by ${stopped.signal}: the result is of what was sent until then.\n`);
}

const EXIT_STOPPED = 130;

/** @param stop ends it at once; what was sent stays sent @returns what a line failed of, and with it the script */
async function carryOut(
  duel: Duel,
  orders: ReturnType<typeof ordersIn>,
  link: LiveLink,
  stop: AbortSignal,
): Promise<unknown> {
  stop.addEventListener('abort', () => duel.end());
  let failure: unknown;
  for (const { order } of orders) {
    if (order.kind === 'leave' || stop.aborted || failure !== undefined) break;
    await obey(duel, order, link, stop).catch((error: unknown) => {
      failure = error;
    });
  }
  if (!stop.aborted) await duel.settled(SETTLE_MS);
  return failure;
}

/** All mistakes at once. */
function checkOrders(orders: ReturnType<typeof ordersIn>, language: Language): void {
  if (!orders.some(({ order }) => order.kind === 'say' || order.kind === 'flood')) {
    throw new CallerError('The script has no line that sends anything, such as: /flood 50');
  }
  const mistakes = orders.flatMap(({ order, lineNumber }) => {
    if (order.kind !== 'mistake') return [];
    const words = DUEL_TEXTS[language].mistake[order.mistake.kind];
    return [`Line ${lineNumber} of the script: ${words('given' in order.mistake ? order.mistake.given : '')}.`];
  });
  if (mistakes.length > 0) throw new CallerError(mistakes.join(' ').replaceAll('..', '.'));
}

async function obey(duel: Duel, order: Order, link: LiveLink, stop: AbortSignal): Promise<void> {
  switch (order.kind) {
    case 'say':
      return duel.say(order.body);
    case 'flood':
      return duel.flood(order.count, order.everyMs);
    case 'link':
      // What was said before it is on the link by then.
      await pause(SEND_MS);
      await duel.changeLink(order.words);
      return;
    case 'wait':
      return pause(order.ms, undefined, { signal: stop }).catch(() => {});
    case 'clear':
      return duel.clear();
    case 'save':
      return saveFile(order.file, `${resultText(duel.model, link)}\n`);
    case 'keys':
    case 'leave':
    case 'mistake':
      return;
  }
}
