// Which way a chat is shown: on the whole of a terminal, or line by line in a pipe and wherever one asks for it. The screen
// takes half a second to load, so nobody else pays for it.
import type { Language } from '../../reports/language/language.ts';
import { CallerError } from '../../src/core/errors.ts';
import { formatAddress } from '../../src/core/machine-fault.ts';
import { SharedSecret } from '../../src/shared-secret.ts';
import type { LiveLink, Transport } from '../across/live-link.ts';
import { paintFor } from '../paint.ts';
import { checkServerPort } from '../port.ts';
import { loadScreen } from '../screen/load-screen.ts';
import type { SessionSettings } from './session.ts';

export interface ShownSettings extends SessionSettings {
  /** The server as a person knows it. */
  readonly shownServer: string;
  readonly link: LiveLink | undefined;
}

export interface ChatChoice extends Omit<SessionSettings, 'secret'> {
  /** As it is in its file. */
  readonly secret: string | undefined;
  readonly transport: Transport;
  /** Undefined: where there is a terminal. */
  readonly isScreen: boolean | undefined;
  readonly language: Language;
}

const TRIES_ACROSS_LINK = 3;

/**
 * Resolves when the user has left.
 * @param link to the server, if not the machine's own network
 * @throws CallerError where a screen is asked for and there is none, or a link can't carry the transport
 */
export async function openChat(choice: ChatChoice, link?: LiveLink): Promise<void> {
  const { isScreen, language, transport, host, port, name } = choice;
  checkServerPort(port);
  const hasTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  if (isScreen === true && !hasTerminal) {
    throw new CallerError('--screen needs a terminal at both ends, and this is a pipe. Leave it out.');
  }
  // Across a link the server is found elsewhere; a person knows it by its own address.
  const found = link?.server[transport] ?? { host, port };
  // A handshake over UDP tries again by itself, and a stream only as its kernel does.
  const tries = link !== undefined && transport === 'tcp' ? TRIES_ACROSS_LINK : 1;
  const secret = choice.secret === undefined ? undefined : new SharedSecret(choice.secret);
  const settings = { transport, ...found, name, secret, tries, shownServer: formatAddress(host, port), link };
  if (isScreen ?? hasTerminal) {
    const { screenChat } = await loadScreen(() => import('./screen/screen-chat.tsx'));
    return screenChat({ ...settings, language, hasColour: paintFor(process.stdout).level > 0 });
  }
  const { chat } = await import('./line-chat.ts');
  return chat(settings);
}
