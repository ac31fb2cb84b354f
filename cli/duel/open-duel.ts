// Which way a duel is shown: on a terminal, or by its result where a script says what is sent.
import type { Language } from '../../reports/language/language.ts';
import { CallerError } from '../../src/core/errors.ts';
import { SharedSecret } from '../../src/shared-secret.ts';
import type { LiveLink } from '../across/live-link.ts';
import { paintFor } from '../paint.ts';
import { loadScreen } from '../screen/load-screen.ts';
import type { Heard, Readers } from './readers.ts';

export interface DuelChoice {
  /** Of the server, as a person knows it. */
  readonly host: string;
  readonly port: number;
  /** That the server shares with its users, as it is in its file. */
  readonly secret: string | undefined;
  readonly readers: Readers['names'];
  /** What is sent; undefined where somebody types it. */
  readonly script: string | undefined;
  readonly isJson: boolean;
  readonly language: Language;
}

/** Resolves when the duel is over. @throws CallerError where nobody could type and there is no script */
export async function openDuel(choice: DuelChoice, link: LiveLink, heard: () => Promise<Heard[]>): Promise<void> {
  const { readers, script, isJson, language } = choice;
  const secret = choice.secret === undefined ? undefined : new SharedSecret(choice.secret);
  if (script !== undefined) {
    const { scriptedDuel } = await import('./scripted-duel.ts');
    return scriptedDuel({ link, secret, readers, heard, script, isJson, language });
  }
  const { screenDuel } = await loadScreen(() => import('./screen/screen-duel.tsx'));
  return screenDuel({ link, secret, readers, heard, language, hasColour: paintFor(process.stdout).level > 0 });
}

/** @throws CallerError where there is neither a script nor a terminal */
export function requireTerminal(): void {
  if (process.stdin.isTTY && process.stdout.isTTY) return;
  throw new CallerError('A duel needs a terminal, or a script: lab duel --script FILE (- reads it from a pipe).');
}
