// A duel that nobody watches: a script in, its result out.
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Language } from '../../reports/language/language.ts';
import { CallerError } from '../../src/core/errors.ts';
import type { LiveLink } from '../across/live-link.ts';
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

/** @throws CallerError for a line that can't be obeyed, before anything is sent */
export async function scriptedDuel({ script, isJson, language, ...settings }: ScriptSettings): Promise<void> {
  const orders = ordersIn(script);
  checkOrders(orders, language);
  const duel = new Duel({ ...settings, language, changed: () => {} });
  await duel.begin();
  const stopped = stopSignal();
  await carryOut(duel, orders, settings.link, stopped.abort);
  duel.end();
  const { model } = duel;
  const text = isJson ? resultText(model, settings.link) : printedDuel(model, settings.link, language);
  process.stdout.write(`${text}\n`);
  if (stopped.signal === undefined) return;
  process.exitCode = EXIT_STOPPED;
  process.stderr.write(`lab: stopped by ${stopped.signal}: the result is of what was sent until then.\n`);
}

const EXIT_STOPPED = 130;

/** @param stop ends it at once; what was sent stays sent */
async function carryOut(
  duel: Duel,
  orders: ReturnType<typeof ordersIn>,
  link: LiveLink,
  stop: AbortSignal,
): Promise<void> {
  stop.addEventListener('abort', () => duel.end());
  for (const { order } of orders) {
    if (order.kind === 'leave' || stop.aborted) break;
    await obey(duel, order, link, stop);
  }
  if (!stop.aborted) await duel.settled(SETTLE_MS);
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
      return writeFile(order.file, `${resultText(duel.model, link)}\n`);
    case 'keys':
    case 'leave':
    case 'mistake':
      return;
  }
}
