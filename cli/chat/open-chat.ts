// Which way a chat is shown: on the whole of a terminal, or line by line in a pipe and wherever one asks for it. The screen
// takes half a second to load, so nobody else pays for it.
import type { Language } from '../../reports/language/language.ts';
import { CallerError } from '../../src/core/errors.ts';
import { paintFor } from '../paint.ts';
import { checkServerPort } from '../port.ts';
import type { SessionSettings } from './session.ts';

export interface ChatChoice extends SessionSettings {
  /** Undefined: where there is a terminal. */
  readonly isScreen: boolean | undefined;
  readonly language: Language;
}

/** Resolves when the user has left. @throws CallerError where a screen is asked for and there is none */
export async function openChat({ isScreen, language, transport, host, port, name }: ChatChoice): Promise<void> {
  checkServerPort(port);
  const hasTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  if (isScreen === true && !hasTerminal) {
    throw new CallerError('--screen needs a terminal at both ends, and this is a pipe. Leave it out.');
  }
  const settings = { transport, host, port, name };
  if (isScreen ?? hasTerminal) {
    // The drawing library draws nothing before the end where CI is set, even on a terminal; here is one.
    for (const name of ['CI', 'CONTINUOUS_INTEGRATION']) process.env[name] = 'false';
    const { screenChat } = await import('./screen/screen-chat.tsx');
    return screenChat({ ...settings, language, hasColour: paintFor(process.stdout).level > 0 });
  }
  const { chat } = await import('./line-chat.ts');
  return chat(settings);
}
