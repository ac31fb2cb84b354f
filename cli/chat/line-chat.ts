// The chat, line by line: in a pipe, or on any terminal.
import type { ClientEvent } from '../../src/core/client.ts';
import { CallerError, PeerError } from '../../src/core/errors.ts';
import { describeRefusal } from '../../src/core/refusal.ts';
import type { Person } from '../../src/core/server-frame.ts';
import { describeProfile } from '../../src/link/profile.ts';
import { changeLink } from '../across/change-link.ts';
import type { LiveLink } from '../across/live-link.ts';
import { paintFor } from '../paint.ts';
import { printable, printableLines } from '../printable.ts';
import { whenReaderIsGone } from '../reader-gone.ts';
import { saveFile } from '../save-file.ts';
import { tellEnd } from './describe-end.ts';
import { COMMANDS, Dialogue } from './dialogue.ts';
import type { ShownSettings } from './open-chat.ts';
import { ChatSession } from './session.ts';
import { type TerminalLines, terminalLines } from './terminal-lines.ts';
import { CHAT_TEXTS } from './texts.ts';

/** Resolves when the user has left. @throws PeerError where the server ended the chat */
export async function chat(settings: ShownSettings): Promise<void> {
  const early: ClientEvent[] = [];
  let conversation: Conversation | undefined;
  const session = new ChatSession(settings, {
    heard: (event) => (conversation === undefined ? void early.push(event) : conversation.hear(event)),
    // Whoever reads line by line, or a script, is told and asks again himself.
    down: (why) => conversation?.fail(tellEnd(why, 'en')),
    back: () => {},
  });
  await session.join();
  await new Promise<void>((leave, fail) => {
    conversation = new Conversation(settings, session, leave, fail);
    whenReaderIsGone(() => conversation?.goAway());
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => conversation?.goAway());
    conversation.begin();
    for (const event of early) conversation.hear(event);
  });
}

/** How long, after a pipe has ended, to wait for what was sent to be confirmed. */
const LAST_WAIT_MS = 1000;

/** A message that waits for a receipt or a refusal; one to everybody has a receipt from each who is there. */
interface Unanswered {
  readonly to: string;
  readonly sentAt: number;
  receipts: number;
}

interface Received {
  readonly at: Date;
  readonly from: string;
  readonly subject: string;
  readonly body: string;
  readonly toAll: boolean;
}

class Conversation {
  readonly #settings: ShownSettings;
  readonly #session: ChatSession;
  readonly #paint = paintFor(process.stdout);
  readonly #leave: () => void;
  readonly #fail: (error: Error) => void;
  readonly #dialogue = new Dialogue();
  readonly #lines: TerminalLines;
  readonly #unanswered = new Map<number, Unanswered>();
  /** A command takes its time; lines behind it wait. */
  #isBusy = false;
  readonly #heldLines: string[] = [];
  #awaitsRoster = false;
  #inbox: Received[] = [];
  #isLeaving = false;

  constructor(settings: ShownSettings, session: ChatSession, leave: () => void, fail: (error: Error) => void) {
    this.#settings = settings;
    this.#session = session;
    this.#leave = leave;
    this.#fail = fail;
    this.#lines = terminalLines({
      line: (text) => this.#obey(text),
      ended: (how) => this.#ended(how),
    });
  }

  begin(): void {
    const { transport, shownServer, link } = this.#settings;
    const across = link === undefined ? '' : `, across ${describeLink(link)}`;
    const who = `You are ${printable(this.#session.name ?? '')} at ${shownServer} over ${transport}${across}.`;
    this.#lines.print(this.#paint.bold(`${who} /help lists the commands.`));
    this.#lines.ask(this.#dialogue.prompt);
  }

  hear(event: ClientEvent): void {
    switch (event.kind) {
      case 'message': {
        const { subject, body } = event.letter;
        const received = { at: new Date(), from: event.from, subject, body, toAll: event.toAll };
        this.#inbox.push(received);
        return this.#lines.print(this.#show(received));
      }
      case 'confirmed':
        return this.#confirmed(event.from, event.sequence);
      case 'refused':
        this.#unanswered.delete(event.sequence);
        return this.#complain(describeRefusal(event.code, event.about));
      case 'joined':
        return this.#note(`${event.name} joined over ${event.transport}.`);
      case 'left':
        return this.#note(`${event.name} is gone (${event.departure}).`);
      case 'roster':
        this.#awaitsRoster = false;
        return this.#listPeople(event.people);
      case 'malformed':
        return this.#complain(`The server sent a frame that could not be read: ${event.why}.`);
      case 'bad-letter':
      case 'wrong-version':
        return this.#complain('The server sent a message that could not be read.');
      case 'closed':
        if (this.#isLeaving) this.#leave();
        return;
      case 'bye':
      case 'welcome':
      case 'pong':
      case 'drained':
        return;
    }
  }

  /** Says goodbye; what comes after it is not heard. */
  goAway(): void {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    this.#session.leave();
    this.#lines.close();
  }

  /** The server has ended it. */
  fail(why: string): void {
    this.#session.leave();
    this.#lines.close();
    if (this.#isLeaving) return this.#leave();
    this.#isLeaving = true;
    this.#fail(new PeerError('closed', why));
  }

  #obey(line: string): void {
    // A pipe may hold more lines after `/quit`.
    if (this.#isLeaving) return;
    if (this.#isBusy) return void this.#heldLines.push(line);
    const action = this.#dialogue.take(line);
    switch (action?.kind) {
      case 'send':
        this.#send(action);
        break;
      case 'who':
        this.#awaitsRoster = true;
        this.#session.who();
        break;
      case 'inbox':
        this.#lines.print(this.#inbox.map((received) => this.#show(received)).join('\n') || 'The inbox is empty.');
        break;
      case 'clear':
        this.#inbox = [];
        this.#lines.print('The inbox is empty.');
        break;
      case 'help':
        this.#lines.print(
          Object.entries(COMMANDS)
            .map(([command, does]) => `${command.padEnd(11)} ${does}`)
            .join('\n'),
        );
        break;
      case 'rename':
        void this.#during(this.#rename(action.name));
        break;
      case 'save':
        void this.#during(this.#save(action.file));
        break;
      case 'link':
        void this.#during(this.#changeLink(action.words));
        break;
      case 'quit':
        return this.goAway();
      case 'mistake':
        this.#complain(action.why);
        break;
      case 'recipient':
      case undefined:
        break;
    }
    this.#lines.ask(this.#dialogue.prompt);
  }

  #send({ to, subject, body }: { to: string; subject: string; body: string }): void {
    try {
      const taken = this.#session.send({ to, subject, body, wantsReceipt: true });
      const { sequence, outcome } = taken ?? { sequence: 0, outcome: 'closed' };
      if (outcome === 'full') return this.#complain('The message was not sent: too much waits before it. Try again.');
      if (outcome === 'closed') return this.#complain('The message was not sent: the connection has ended.');
      this.#unanswered.set(sequence, { to, sentAt: performance.now(), receipts: 0 });
    } catch (error) {
      if (!(error instanceof CallerError)) throw error;
      this.#complain(error.message);
    }
  }

  #confirmed(from: string, sequence: number): void {
    const sent = this.#unanswered.get(sequence);
    if (sent === undefined) return;
    sent.receipts++;
    if (sent.to === from) this.#unanswered.delete(sequence);
    this.#note(`${from} has message ${sequence} (${(performance.now() - sent.sentAt).toFixed(1)} ms).`);
  }

  #listPeople(people: readonly Person[]): void {
    const rows = people.map(
      ({ name, transport }) =>
        `  ${printable(name)} (${printable(transport)})${name === this.#session.name ? ', you' : ''}`,
    );
    this.#lines.print(`${people.length} here:\n${rows.join('\n')}`);
  }

  #ended(how: 'interrupt' | 'end'): void {
    const isAnswered = () => this.#unanswered.size === 0 && !this.#awaitsRoster && !this.#isBusy;
    if (how === 'interrupt' || isAnswered()) return this.goAway();
    // The pipe has ended, what it asked last is under way: hear what becomes of it.
    const giveUpAt = performance.now() + LAST_WAIT_MS;
    const timer = setInterval(() => {
      if (!isAnswered() && performance.now() < giveUpAt) return;
      clearInterval(timer);
      for (const [sequence, { to, receipts }] of this.#unanswered) {
        if (receipts === 0) this.#note(`Message ${sequence} to ${to} was not confirmed.`);
      }
      this.goAway();
    }, 10);
  }

  /** What goes wrong is told. */
  async #during(deed: Promise<void>): Promise<void> {
    this.#isBusy = true;
    await deed.catch((error: Error) => this.#complain(error.message));
    this.#isBusy = false;
    for (const line of this.#heldLines.splice(0)) this.#obey(line);
  }

  async #rename(name: string): Promise<void> {
    const given = await this.#session.rename(name);
    this.#unanswered.clear();
    this.#note(`You are ${given} now.`);
  }

  async #save(file: string): Promise<void> {
    const lines = this.#inbox.map(({ at, from, subject, body, toAll }) =>
      [
        `${at.toISOString()} ${printable(from)}${toAll ? ' to all' : ''} · ${printable(subject)}`,
        ...bodyLines(body),
      ].join('\n'),
    );
    await saveFile(file, lines.map((line) => `${line}\n`).join(''));
    this.#note(`${lines.length} messages are in ${file}.`);
  }

  async #changeLink(words: string): Promise<void> {
    const { link } = this.#settings;
    if (link === undefined) return this.#complain(CHAT_TEXTS.en.noLink);
    await changeLink(link, words);
    this.#note(`The link: ${describeLink(link)}.`);
  }

  #show({ at, from, subject, body, toAll }: Received): string {
    const head = `${at.toTimeString().slice(0, 8)} ${this.#paint.bold(printable(from))}${toAll ? ' to all' : ''} · ${this.#paint.cyan(printable(subject))}`;
    return [head, ...bodyLines(body)].join('\n');
  }

  #note(text: string): void {
    this.#lines.print(this.#paint.dim(`· ${printable(text)}`));
  }

  #complain(text: string): void {
    this.#lines.print(this.#paint.yellow(`! ${printable(text)}`));
  }
}

function bodyLines(body: string): string[] {
  return printableLines(body).map((line) => `  ${line}`);
}

function describeLink({ profile, backend }: LiveLink): string {
  return `${describeProfile(profile)} (${CHAT_TEXTS.en.backends[backend]})`;
}
