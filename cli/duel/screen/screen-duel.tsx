// `lab duel` on a terminal: the screen, its keys, the duel behind it.
import { saveFile } from '../../save-file.ts';
import { Screen } from '../../screen/screen.ts';
import { NO_ROOM } from '../../screen/words.ts';
import { Duel, type DuelSettings } from '../duel.ts';
import { resultText } from '../duel-result.ts';
import { SIDES } from '../model/duel-model.ts';
import { type DuelTyping, NOTHING_TYPED, pressed } from '../model/duel-typing.ts';
import { type Order, orderIn } from '../model/order.ts';
import { printedDuel } from '../printed-duel.ts';
import { DUEL_TEXTS } from '../texts.ts';
import { DuelScreen, inboxHeight } from './duel-screen.tsx';

export interface DuelScreenSettings extends Omit<DuelSettings, 'changed'> {
  readonly hasColour: boolean;
}

/** Resolves when the user has left. @throws MachineError or PeerError where nobody could join */
export async function screenDuel(settings: DuelScreenSettings): Promise<void> {
  const { language, hasColour, link } = settings;
  const texts = DUEL_TEXTS[language];
  let screen: Screen | undefined;
  let typing: DuelTyping = NOTHING_TYPED;
  let notice: string | undefined;
  const duel = new Duel({ ...settings, changed: () => screen?.draw() });
  await duel.begin();

  await new Promise<void>((leave) => {
    const end = () => {
      duel.end();
      screen?.end();
      // What stood on the screen is gone with it: its result stays.
      if (duel.model.messages.length > 0) process.stdout.write(`${printedDuel(duel.model, link, language)}\n`);
      leave();
    };
    const tell = (words: string | undefined) => {
      notice = words;
      screen?.draw();
    };

    async function obey(order: Order): Promise<void> {
      switch (order.kind) {
        case 'say':
          return duel.say(order.body);
        case 'flood':
          return duel.flood(order.count, order.everyMs);
        case 'link':
          return tell(texts.linkNow(await duel.changeLink(order.words)));
        case 'save':
          await saveFile(order.file, `${resultText(duel.model, link)}\n`);
          return tell(texts.saved(order.file));
        case 'clear':
          return duel.clear();
        case 'keys':
          typing = { ...typing, showsKeys: true };
          return;
        case 'leave':
          return end();
        case 'wait':
          return;
        case 'mistake': {
          const { mistake } = order;
          return tell(texts.mistake[mistake.kind]('given' in mistake ? mistake.given : ''));
        }
      }
    }

    screen = new Screen({
      draw: ({ columns, rows }) => (
        <DuelScreen {...{ model: duel.model, typing, notice, language, columns, rows, hasColour }} />
      ),
      pressed: (key) => {
        const height = inboxHeight(screen!.size, notice);
        const longest = Math.max(...SIDES.map((transport) => duel.model.sides[transport].log.length));
        const typed = pressed(typing, key, height, Math.max(0, longest - height));
        typing = typed.typing;
        if (typed.hasNoRoom) return tell(NO_ROOM[language]);
        if (typed.line === undefined) return;
        tell(undefined);
        obey(orderIn(typed.line)).catch((error: Error) => tell(error.message));
      },
      stopped: end,
    });
    screen.draw();
  });
}
