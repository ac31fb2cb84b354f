// `lab duel`: a server (one of its own, where none is named), two who read on its side, and a link to those who send.
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Language } from '../../reports/language/language.ts';
import { CallerError } from '../../src/core/errors.ts';
import { type ChatServer, serve } from '../../src/serve.ts';
import { SharedSecret } from '../../src/shared-secret.ts';
import type { Address, BackendChoice } from '../across/live-link.ts';
import { performAcross } from '../across/perform-across.ts';
import { asksForLink } from '../link/link-options.ts';
import type { LinkWords } from '../link/link-words.ts';
import { requireTerminal } from './open-duel.ts';
import { joinReaders } from './readers.ts';

export interface DuelSettings {
  readonly words: LinkWords;
  readonly backend: BackendChoice;
  /** Undefined: one of its own. */
  readonly server: Address | undefined;
  /** That the server shares with its users. */
  readonly secret: string | undefined;
  /** A file, or - for what comes through a pipe. */
  readonly script: string | undefined;
  readonly isJson: boolean;
  readonly language: Language;
}

/** Where nobody asked for another: enough is lost to be seen, and late enough for it to matter. */
const USUAL = { loss: '20%', delay: '100ms' };

export async function runDuel(settings: DuelSettings): Promise<void> {
  const { backend, isJson, language } = settings;
  if (isJson && settings.script === undefined) {
    throw new CallerError(
      '--json prints the result of a script. Give one with --script FILE; on the screen /save writes it.',
    );
  }
  const script = settings.script === undefined ? undefined : await readScript(settings.script);
  if (script === undefined) requireTerminal();
  const own = settings.server === undefined ? await serve({ port: 0 }) : undefined;
  try {
    const server = settings.server ?? addressOf(own!);
    // A server of its own has none.
    const secret = own === undefined ? settings.secret : undefined;
    const readers = await joinReaders(server, secret === undefined ? undefined : new SharedSecret(secret));
    try {
      await performAcross({
        task: { kind: 'duel', choice: { ...server, secret, readers: readers.names, script, isJson, language } },
        words: asksForLink(settings.words) ? settings.words : { ...settings.words, impairments: USUAL },
        backend,
        server,
        needs: [],
        uses: ['tcp', 'udp'],
        heard: async () => readers.take(),
      });
    } finally {
      readers.leave();
    }
  } finally {
    await own?.close();
  }
}

function addressOf({ host, port }: ChatServer): Address {
  return { host, port };
}

async function readScript(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CallerError(`The script ${file} can't be read: ${(error as Error).message}.`);
  }
}
