// `lab chat` on a terminal: the screen, its keys, the session behind it. What is drawn is a value; here it meets the world.
import type { ReactNode } from 'react';
import type { Language } from '../../../reports/language/language.ts';
import type { ClientEvent } from '../../../src/core/client.ts';
import { CallerError } from '../../../src/core/errors.ts';
import { monotonicNs } from '../../../src/monotonic.ts';
import { changeLink } from '../../across/change-link.ts';
import { linkState } from '../../across/link-state.ts';
import type { LiveLink } from '../../across/live-link.ts';
import { saveFile } from '../../save-file.ts';
import type { Key } from '../../screen/keys.ts';
import { Screen, type ScreenSize } from '../../screen/screen.ts';
import { tellEnd, tellFailure, tellRefusal } from '../describe-end.ts';
import { LinkWatch } from '../link-watch.ts';
import {
  allRead,
  type ChatModel,
  chatModel,
  cleared,
  connectionBack,
  connectionLost,
  heldBack,
  linkSeen,
  lostByLink,
  type Note,
  noted,
  receiptCame,
  received,
  refusalCame,
  renamed,
  rosterCame,
  sent,
  somebodyJoined,
  somebodyLeft,
  timePassed,
} from '../model/chat-model.ts';
import { LATE_MS } from '../model/own-messages.ts';
import { NOTHING_TYPED, pressed, type Typing, type Wish } from '../model/typing.ts';
import type { ShownSettings } from '../open-chat.ts';
import { ChatSession, type EndReason } from '../session.ts';
import { CHAT_TEXTS } from '../texts.ts';
import { ChatScreen, inboxHeight, lineWidth } from './chat-screen.tsx';
import { inboxText, scrolledTo } from './inbox-lines.ts';

const TICK_MS = 250;
const PING_MS = 5_000;

export interface ScreenSettings extends ShownSettings {
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
    back: (name, taken) => chat?.back(name, taken),
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
  readonly #screen: Screen;
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #linkWatch: LinkWatch | undefined;
  #model: ChatModel;
  #typing: Typing = NOTHING_TYPED;
  #wasAskedWho = false;
  #hasLeft = false;

  constructor(settings: ScreenSettings, session: ChatSession, name: string, leave: () => void) {
    this.#settings = settings;
    this.#session = session;
    this.#leave = leave;
    const { transport, shownServer, link } = settings;
    this.#model = chatModel(name, transport, shownServer, link && linkState(link));
    this.#screen = new Screen({
      draw: (size) => this.#element(size),
      pressed: (key) => this.#press(key),
      stopped: () => this.#end(),
    });
    this.#linkWatch = link && this.#watch(link);
    this.#timers = [
      setInterval(() => this.#tick(), TICK_MS),
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
        this.#linkWatch?.came(event.from, sequence);
        return this.#change(received(model, letter, sequence, atMs));
      }
      case 'confirmed':
        return this.#change(receiptCame(model, event.from, event.sequence, atMs));
      case 'refused':
        return this.#change(
          refusalCame(model, event.sequence, tellRefusal(event.code, event.about, this.#settings.language)),
        );
      case 'joined':
        return this.#change(somebodyJoined(model, { name: event.name, transport: event.transport }, atMs));
      case 'left':
        return this.#change(somebodyLeft(model, event.name, event.departure, atMs));
      case 'roster':
        this.#change(rosterCame(model, event.people));
        if (this.#wasAskedWho) this.#note({ kind: 'here', people: event.people });
        this.#wasAskedWho = false;
        return;
      case 'pong':
        return this.#change({ ...model, roundTripMs: event.roundTripMs });
      default:
        return;
    }
  }

  down(reason: EndReason, attempt: number, waitMs: number): void {
    const atMs = nowMs();
    const why = tellEnd(reason, this.#settings.language);
    this.#change(connectionLost(this.#model, { kind: 'down', why, attempt, retryAtMs: atMs + waitMs }, atMs));
  }

  back(name: string, taken: string | undefined): void {
    this.#change(connectionBack(this.#model, name, nowMs(), taken));
    this.#session.who();
  }

  #press(key: Key): void {
    const names = this.#model.people.map(({ name }) => name).filter((name) => name !== this.#model.name);
    const before = this.#typing;
    const { typing, wish } = pressed(before, key, names, this.#inboxHeight());
    this.#typing = { ...typing, scrolled: this.#scrolledTo(typing.scrolled) };
    if (wish !== undefined) this.#grant(wish, before);
    this.#model = allRead(this.#model);
  }

  #grant(wish: Wish, before: Typing): void {
    switch (wish.kind) {
      case 'send':
        return this.#send(wish, before);
      case 'who':
        this.#wasAskedWho = true;
        return this.#session.who();
      case 'clear':
        this.#model = cleared(this.#model);
        return;
      case 'rename':
        return void this.#rename(wish.name, before);
      case 'link':
        return void this.#changeLink(wish.words, before);
      case 'save':
        return void this.#save(wish.file);
      case 'mistake': {
        const words = CHAT_TEXTS[this.#settings.language].mistake[wish.mistake.kind];
        return this.#note({ kind: 'problem', text: words('command' in wish.mistake ? wish.mistake.command : '') });
      }
      case 'leave':
        return this.#end();
    }
  }

  /** What could not be sent stays where it was typed. */
  #send({ to, subject, body }: Extract<Wish, { kind: 'send' }>, before: Typing): void {
    const keep = (why: string) => {
      this.#typing = before;
      this.#note({ kind: 'problem', text: why });
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

  async #rename(name: string, before: Typing): Promise<void> {
    try {
      const given = await this.#session.rename(name);
      if (this.#hasLeft) return;
      this.#change(renamed(this.#model, given, nowMs()));
      this.#session.who();
    } catch (error) {
      this.#giveBack(before, tellFailure(error as Error, this.#settings.language));
    }
  }

  async #changeLink(words: string, before: Typing): Promise<void> {
    const { link, language } = this.#settings;
    if (link === undefined) return this.#note({ kind: 'problem', text: CHAT_TEXTS[language].noLink });
    try {
      await changeLink(link, words);
      this.#change(linkSeen(this.#model, { ...linkState(link), dropped: this.#model.link!.dropped }));
      this.#note({ kind: 'link', link: this.#model.link! });
    } catch (error) {
      this.#giveBack(before, (error as Error).message);
    }
  }

  /** A command that failed may be mended, if nothing was typed since. */
  #giveBack(before: Typing, why: string): void {
    if (this.#typing.fields[this.#typing.focus].text === '') this.#typing = before;
    this.#note({ kind: 'problem', text: why });
  }

  #watch(link: LiveLink): LinkWatch {
    return new LinkWatch(link, this.#session, {
      lost: (lost, cause) => this.#change(lostByLink(this.#model, lost, cause, nowMs())),
      heldBack: (from, sequence, ms) => this.#change(heldBack(this.#model, from, sequence, ms)),
      seen: (state) => this.#change(linkSeen(this.#model, state)),
    });
  }

  async #save(file: string): Promise<void> {
    try {
      await saveFile(file, inboxText(this.#model, this.#settings.language));
      this.#note({ kind: 'saved', file, messages: this.#model.entries.length });
    } catch (error) {
      this.#note({ kind: 'problem', text: (error as Error).message });
    }
  }

  #note(note: Note): void {
    this.#change(noted(this.#model, note, nowMs()));
  }

  #tick(): void {
    const before = this.#model;
    this.#change(timePassed(before, nowMs(), LATE_MS));
    // The seconds until the next attempt.
    if (before.connection.kind === 'down') this.#screen.draw();
  }

  #change(model: ChatModel): void {
    if (model === this.#model) return;
    this.#model = model;
    this.#screen.draw();
  }

  #element({ columns, rows }: ScreenSize): ReactNode {
    const { language, hasColour } = this.#settings;
    return (
      <ChatScreen
        model={this.#model}
        typing={this.#typing}
        language={language}
        columns={columns}
        rows={rows}
        nowMs={nowMs()}
        hasColour={hasColour}
      />
    );
  }

  #scrolledTo(scrolled: number): number {
    const view = { height: this.#inboxHeight(), scrolled };
    return scrolledTo(this.#model, view, {
      width: lineWidth(this.#screen.size.columns),
      language: this.#settings.language,
    });
  }

  #inboxHeight(): number {
    return inboxHeight(this.#screen.size.rows, this.#settings.link !== undefined);
  }

  #end(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#linkWatch?.stop();
    this.#session.leave();
    this.#screen.end();
    this.#leave();
  }
}

/** Of the day, and fine enough for a receipt on the same machine. */
function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
