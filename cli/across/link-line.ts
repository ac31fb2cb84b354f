// A link in one line of a screen: what it has dropped, and what it is.
import type { Language } from '../../reports/language/language.ts';
import { numbersIn } from '../../reports/language/numbers.ts';
import type { LinkState } from '../chat/model/chat-model.ts';
import { CHAT_TEXTS } from '../chat/texts.ts';

export function linkLine({ words, backend, dropped }: LinkState, language: Language): string {
  const texts = CHAT_TEXTS[language];
  const { count } = numbersIn(language);
  return texts.link(words, texts.backends[backend], count(dropped.up), count(dropped.down));
}
