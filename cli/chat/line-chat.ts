// The chat, line by line: in a pipe, or on any terminal.
import type { ChalkInstance } from 'chalk';
import { connect } from '../../src/connect.ts';
import type { Client, ClientEvent } from '../../src/core/client.ts';
import { CallerError, PeerError } from '../../src/core/errors.ts';
import { formatAddress } from '../../src/core/machine-fault.ts';
import { describeFarewell, describeRefusal } from '../../src/core/refusal.ts';
import type { Person } from '../../src/core/server-frame.ts';
import type { CloseCause } from '../../src/core/transport.ts';
import { paintFor } from '../paint.ts';
import { checkServerPort } from '../port.ts';
import { printable, printableLines } from '../printable.ts';
import { whenReaderIsGone } from '../reader-gone.ts';
import { describeCause } from './describe-cause.ts';
import { COMMANDS, Dialogue } from './dialogue.ts';
import { type TerminalLines, terminalLines } from './terminal-lines.ts';

export interface ChatSettings {
  readonly transport: string;
  readonly host: string;
  readonly port: number;
  readonly name: string | undefined;
}

/** Resolves when the user has left. @throws PeerError where the server ended the chat */
export async function chat(settings: ChatSettings): Promise<void> {
  checkServerPort(settings.port);
  const early: ClientEvent[] = [];
  let listen = (event: ClientEvent): void => {
    early.push(event);
  };
  const client = await connect({ ...settings, wantsPresence: true, onEvent: (event) => listen(event) });
  await new Promise<void>((leave, fail) => {
    const conversation = new Conversation(client, paintFor(process.stdout), leave, fail);
    listen = (event) => conversation.hear(event);
    whenReaderIsGone(() => conversation.goAway());
    conversation.begin(settings);
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
  readonly #client: Client;
  readonly #paint: ChalkInstance;
  readonly #leave: () => void;
  readonly #fail: (error: Error) => void;
  readonly #dialogue = new Dialogue();
  readonly #lines: TerminalLines;
  readonly #unanswered = new Map<number, Unanswered>();
  #awaitsRoster = false;
  #inbox: Received[] = [];
  #farewell: string | undefined;
  #isLeaving = false;

  constructor(client: Client, paint: ChalkInstance, leave: () => void, fail: (error: Error) => void) {
    this.#client = client;
    this.#paint = paint;
    this.#leave = leave;
    this.#fail = fail;
    this.#lines = terminalLines({
      line: (text) => this.#obey(text),
      ended: (how) => this.#ended(how),
    });
  }

  begin({ transport, host, port }: ChatSettings): void {
    const where = `${formatAddress(host, port)} over ${transport}`;
    this.#lines.print(
      this.#paint.bold(`You are ${printable(this.#client.name ?? '')} at ${where}. /help lists the commands.`),
    );
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
      case 'bye':
        this.#farewell = describeFarewell(event.code, event.about);
        return;
      case 'malformed':
        return this.#complain(`The server sent a frame that could not be read: ${event.why}.`);
      case 'bad-letter':
      case 'wrong-version':
        return this.#complain('The server sent a message that could not be read.');
      case 'closed':
        return this.#closed(event.cause);
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
    this.#client.close();
    this.#lines.close();
  }

  #obey(line: string): void {
    // A pipe may hold more lines after `/quit`.
    if (this.#isLeaving) return;
    const action = this.#dialogue.take(line);
    switch (action?.kind) {
      case 'send':
        this.#send(action);
        break;
      case 'who':
        this.#awaitsRoster = true;
        this.#client.who();
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
            .map(([command, does]) => `${command.padEnd(9)} ${does}`)
            .join('\n'),
        );
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
      const { sequence, outcome } = this.#client.send({ to, subject, body, wantsReceipt: true });
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
        `  ${printable(name)} (${printable(transport)})${name === this.#client.name ? ', you' : ''}`,
    );
    this.#lines.print(`${people.length} here:\n${rows.join('\n')}`);
  }

  #ended(how: 'interrupt' | 'end'): void {
    const isAnswered = () => this.#unanswered.size === 0 && !this.#awaitsRoster;
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

  #closed(cause: CloseCause): void {
    this.#lines.close();
    if (this.#isLeaving) return this.#leave();
    this.#isLeaving = true;
    this.#fail(new PeerError('closed', this.#farewell ?? describeCause(cause)));
  }

  #show({ at, from, subject, body, toAll }: Received): string {
    const head = `${at.toTimeString().slice(0, 8)} ${this.#paint.bold(printable(from))}${toAll ? ' to all' : ''} · ${this.#paint.cyan(printable(subject))}`;
    return [head, ...printableLines(body).map((line) => `  ${line}`)].join('\n');
  }

  #note(text: string): void {
    this.#lines.print(this.#paint.dim(`· ${printable(text)}`));
  }

  #complain(text: string): void {
    this.#lines.print(this.#paint.yellow(`! ${printable(text)}`));
  }
}
