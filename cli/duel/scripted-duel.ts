// A duel that nobody watches: a script in, its result out.
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Language } from '../../reports/language/language.ts';
import { CallerError } from '../../src/core/errors.ts';
import { Duel, type DuelSettings } from './duel.ts';
import { duelResult } from './duel-result.ts';
import { type Order, ordersIn } from './model/order.ts';
import { printedDuel } from './printed-duel.ts';
import { DUEL_TEXTS } from './texts.ts';

export interface ScriptSettings extends Omit<DuelSettings, 'changed'> {
  readonly script: string;
  readonly isJson: boolean;
  readonly language: Language;
}

/** How long, after its last line, to wait for what is still under way. */
const SETTLE_MS = 60_000;

const SEND_MS = 20;

/** @throws CallerError for a line that can't be obeyed, before anything is sent */
export async function scriptedDuel({ script, isJson, language, ...settings }: ScriptSettings): Promise<void> {
  const orders = ordersIn(script);
  checkOrders(orders, language);
  const duel = new Duel({ ...settings, changed: () => {} });
  await duel.begin();
  const stop = () => {
    duel.end();
    process.exit(143);
  };
  process.once('SIGTERM', stop).once('SIGHUP', stop);
  try {
    for (const { order } of orders) {
      if (order.kind === 'leave') break;
      await obey(duel, order, settings);
    }
    await duel.settled(SETTLE_MS);
  } finally {
    duel.end();
  }
  const { model } = duel;
  const text = isJson
    ? JSON.stringify(duelResult(model, settings.link), undefined, 2)
    : printedDuel(model, settings.link, language);
  process.stdout.write(`${text}\n`);
}

function checkOrders(orders: ReturnType<typeof ordersIn>, language: Language): void {
  if (orders.length === 0) throw new CallerError('The script has no line that does anything, such as: /flood 50');
  for (const { order, lineNumber } of orders) {
    if (order.kind !== 'mistake') continue;
    const words = DUEL_TEXTS[language].mistake[order.mistake.kind];
    throw new CallerError(
      `Line ${lineNumber} of the script: ${words('given' in order.mistake ? order.mistake.given : '')}`,
    );
  }
}

async function obey(duel: Duel, order: Order, { link }: Pick<DuelSettings, 'link'>): Promise<void> {
  switch (order.kind) {
    case 'say':
      return duel.say(order.body);
    case 'flood':
      return duel.flood(order.count, order.everyMs);
    case 'link':
      // What was said before it is on the link by then.
      await pause(SEND_MS);
      return duel.changeLink(order.words);
    case 'wait':
      return pause(order.ms);
    case 'clear':
      return duel.clear();
    case 'save':
      return writeFile(order.file, `${JSON.stringify(duelResult(duel.model, link), undefined, 2)}\n`);
    case 'keys':
    case 'leave':
    case 'mistake':
      return;
  }
}
