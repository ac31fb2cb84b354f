// `lab chat` on a terminal: the screen, its keys, the session behind it. What is drawn is a value; here it meets the world.
import { writeFile } from 'node:fs/promises';
import { type Instance, render } from 'ink';
import type { Language } from '../../../reports/language/language.ts';
import type { ClientEvent } from '../../../src/core/client.ts';
import { CallerError } from '../../../src/core/errors.ts';
import { formatAddress } from '../../../src/core/machine-fault.ts';
import { describeRefusal } from '../../../src/core/refusal.ts';
import { monotonicNs } from '../../../src/monotonic.ts';
import {
  allRead,
  type ChatModel,
  chatModel,
  cleared,
  connectionBack,
  connectionLost,
  noted,
  receiptCame,
  received,
  refusalCame,
  rosterCame,
  sent,
  somebodyJoined,
  somebodyLeft,
  timePassed,
} from '../model/chat-model.ts';
import { NOTHING_TYPED, pressed, type Typing, type Wish } from '../model/typing.ts';
import { ChatSession, type SessionSettings } from '../session.ts';
import { CHAT_TEXTS } from '../texts.ts';
import { ChatScreen, inboxHeight, lineWidth } from './chat-screen.tsx';
import { inboxLines } from './inbox-lines.ts';
import { KeyReader } from './keys.ts';
import { takeTerminal } from './terminal.ts';

/** T_max of a receipt: the longest that a chat waits before it says that it does not know. */
const LATE_MS = 5_000;
const TICK_MS = 250;
const PING_MS = 5_000;
/** No more often than an eye can follow. */
const DRAW_MS = 40;

export interface ScreenSettings extends SessionSettings {
  readonly language: Language;
  readonly hasColour: boolean;
}

/** Resolves when the user has left. @throws MachineError, PeerError or CallerError where nobody could join */
export async function screenChat(settings: ScreenSettings): Promise<void> {
  const early: ClientEvent[] = [];
  let chat: Conversation | undefined;
  const session = new ChatSession(settings, {
    heard: (event) => (chat === undefined ? void early.push(event) : chat.hear(event)),
    down: (why, attempt, waitMs) => chat?.down(why, attempt, waitMs),
    back: (name) => chat?.back(name),
  });
  const name = await session.join();
  await new Promise<void>((leave) => {
    chat = new Conversation(settings, session, name, leave);
    for (const event of early) chat.hear(event);
    session.who();
  });
}

class Conversation {
  readonly #settings: ScreenSettings;
  readonly #session: ChatSession;
  readonly #leave: () => void;
  readonly #terminal = takeTerminal({ data: (chunk) => this.#read(chunk), resized: () => this.#drawAnewSoon() });
  readonly #keys = new KeyReader();
  readonly #timers: readonly NodeJS.Timeout[];
  #screen: Instance;
  #model: ChatModel;
  #typing: Typing = NOTHING_TYPED;
  #willDraw: NodeJS.Timeout | undefined;
  #willDrawAnew: NodeJS.Timeout | undefined;
  #hasLeft = false;

  constructor(settings: ScreenSettings, session: ChatSession, name: string, leave: () => void) {
    this.#settings = settings;
    this.#session = session;
    this.#leave = leave;
    this.#model = chatModel(name, settings.transport, formatAddress(settings.host, settings.port));
    this.#screen = this.#render();
    this.#timers = [
      setInterval(() => this.#change(timePassed(this.#model, nowMs(), LATE_MS)), TICK_MS),
      setInterval(() => this.#session.ping(monotonicNs()), PING_MS),
    ];
    this.#session.ping(monotonicNs());
  }

  hear(event: ClientEvent): void {
    const atMs = nowMs();
    const model = this.#model;
    switch (event.kind) {
      case 'message': {
        const { subject, body, sequence } = event.letter;
        const letter = { from: event.from, toAll: event.toAll, subject, body };
        return this.#change(received(model, letter, sequence, atMs));
      }
      case 'confirmed':
        return this.#change(receiptCame(model, event.from, event.sequence, atMs));
      case 'refused':
        return this.#change(refusalCame(model, event.sequence, describeRefusal(event.code, event.about)));
      case 'joined':
        return this.#change(somebodyJoined(model, { name: event.name, transport: event.transport }, atMs));
      case 'left':
        return this.#change(somebodyLeft(model, event.name, event.departure, atMs));
      case 'roster':
        return this.#change(rosterCame(model, event.people));
      case 'pong':
        return this.#change({ ...model, roundTripMs: event.roundTripMs });
      default:
        return;
    }
  }

  down(why: string, attempt: number, waitMs: number): void {
    const atMs = nowMs();
    this.#change(connectionLost(this.#model, { kind: 'down', why, attempt, retryAtMs: atMs + waitMs }, atMs));
  }

  back(name: string): void {
    this.#change(connectionBack(this.#model, name, nowMs()));
    this.#session.who();
  }

  #read(chunk: string): void {
    for (const key of this.#keys.read(chunk)) {
      const names = this.#model.people.map(({ name }) => name).filter((name) => name !== this.#model.name);
      const before = this.#typing;
      const { typing, wish } = pressed(before, key, names, inboxHeight(this.#terminal.rows));
      this.#typing = { ...typing, scrolled: Math.min(typing.scrolled, this.#mostScrolled()) };
      if (wish !== undefined) this.#grant(wish, before);
    }
    this.#change(allRead(this.#model));
  }

  #grant(wish: Wish, before: Typing): void {
    switch (wish.kind) {
      case 'send':
        return this.#send(wish, before);
      case 'who':
        return this.#session.who();
      case 'clear':
        this.#model = cleared(this.#model);
        return;
      case 'rename':
        return this.#session.rename(wish.name);
      case 'save':
        return void this.#save(wish.file);
      case 'mistake': {
        const words = CHAT_TEXTS[this.#settings.language].mistake[wish.mistake.kind];
        return this.#problem(words('command' in wish.mistake ? wish.mistake.command : ''));
      }
      case 'leave':
        return this.#end();
    }
  }

  /** What could not be sent stays where it was typed. */
  #send({ to, subject, body }: Extract<Wish, { kind: 'send' }>, before: Typing): void {
    const keep = (why: string) => {
      this.#typing = before;
      this.#problem(why);
    };
    try {
      const outcome = this.#session.send({ to, subject, body, wantsReceipt: true });
      const texts = CHAT_TEXTS[this.#settings.language];
      if (outcome === undefined || outcome.outcome === 'closed') return keep(texts.notSent(texts.noConnection));
      if (outcome.outcome === 'full') return keep(texts.notSent(texts.queueFull));
      const { sequence } = outcome;
      this.#model = sent(this.#model, {
        sequence,
        to,
        subject,
        body,
        sentAtMs: nowMs(),
        delivery: { kind: 'in-flight' },
      });
    } catch (error) {
      if (!(error instanceof CallerError)) throw error;
      keep(error.message);
    }
  }

  async #save(file: string): Promise<void> {
    const lines = inboxLines(this.#model, 120, this.#settings.language).map(({ text }) => text);
    try {
      await writeFile(file, `${lines.join('\n')}\n`);
      this.#change(noted(this.#model, { kind: 'saved', file, messages: this.#model.entries.length }, nowMs()));
    } catch (error) {
      this.#change(noted(this.#model, { kind: 'problem', text: (error as Error).message }, nowMs()));
    }
  }

  #problem(text: string): void {
    this.#model = noted(this.#model, { kind: 'problem', text }, nowMs());
  }

  #change(model: ChatModel): void {
    this.#model = model;
    this.#draw();
  }

  #draw(): void {
    if (this.#hasLeft || this.#willDraw !== undefined) return;
    this.#willDraw = setTimeout(() => {
      this.#willDraw = undefined;
      if (!this.#hasLeft) this.#screen.rerender(this.#element());
    }, DRAW_MS);
  }

  /** A window that is being drawn larger has many sizes in a moment, and the library draws for each of them first. */
  #drawAnewSoon(): void {
    clearTimeout(this.#willDrawAnew);
    this.#willDrawAnew = setTimeout(() => this.#drawAnew(), DRAW_MS);
  }

  /** What stood there was laid out for another size. */
  #drawAnew(): void {
    if (this.#hasLeft) return;
    this.#screen.unmount();
    this.#terminal.clear();
    this.#screen = this.#render();
  }

  #render(): Instance {
    return render(this.#element(), { exitOnCtrlC: false, patchConsole: false });
  }

  #element() {
    const { language, hasColour } = this.#settings;
    return (
      <ChatScreen
        model={this.#model}
        typing={this.#typing}
        language={language}
        columns={this.#terminal.columns}
        rows={this.#terminal.rows}
        nowMs={nowMs()}
        hasColour={hasColour}
      />
    );
  }

  #mostScrolled(): number {
    const all = inboxLines(this.#model, lineWidth(this.#terminal.columns), this.#settings.language).length;
    return Math.max(0, all - inboxHeight(this.#terminal.rows));
  }

  #end(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#willDraw);
    clearTimeout(this.#willDrawAnew);
    this.#session.leave();
    this.#screen.unmount();
    this.#terminal.giveBack();
    this.#leave();
  }
}

/** Of the day, and fine enough for a receipt on the same machine. */
function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
