// What a typed line means, line by line: three fields make a message, a slash makes a command. Pure: lines in, what to do
// out.

export const COMMANDS: Readonly<Record<string, string>> = {
  '/to NAME': 'write to NAME from now on without being asked; /to alone asks again',
  '/who': 'list who is here',
  '/name NAME': 'be called NAME from now on',
  '/inbox': 'show all messages received',
  '/save FILE': 'write the messages received to FILE',
  '/link WORDS': 'change the link between, as in /link loss 30%; /link alone tells what it is',
  '/clear': 'clear the inbox',
  '/help': 'show this',
  '/quit': 'leave',
};

export type Action =
  | { readonly kind: 'send'; readonly to: string; readonly subject: string; readonly body: string }
  | { readonly kind: 'who' | 'inbox' | 'clear' | 'help' | 'quit' }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'save'; readonly file: string }
  | { readonly kind: 'link'; readonly words: string }
  | { readonly kind: 'recipient'; readonly to: string | undefined }
  | { readonly kind: 'mistake'; readonly why: string };

type Field = 'recipient' | 'subject' | 'message';

const PROMPTS: Record<Field, string> = { recipient: 'To', subject: 'Subject', message: 'Message' };

export class Dialogue {
  #field: Field = 'recipient';
  #recipient = '';
  #subject = '';
  /** Set by `/to`: the recipient is not asked for. */
  #standing: string | undefined;

  /** What is asked for now. */
  get prompt(): string {
    const hint =
      this.#field === 'recipient' ? this.#recipientHint() : this.#standing === undefined ? '' : ` to ${this.#standing}`;
    return `${PROMPTS[this.#field]}${hint}: `;
  }

  /** Undefined where the line only filled a field. */
  take(line: string): Action | undefined {
    if (line.startsWith('/') && !line.startsWith('//')) return this.#command(line);
    // Two slashes stand for one: so a message can begin with it.
    return this.#fill(line.startsWith('//') ? line.slice(1) : line);
  }

  #fill(text: string): Action | undefined {
    switch (this.#field) {
      case 'recipient':
        this.#recipient = text.trim() || this.#recipient;
        if (this.#recipient === '')
          return { kind: 'mistake', why: 'A message needs a recipient: a name, or * for everybody.' };
        this.#field = 'subject';
        return undefined;
      case 'subject':
        this.#subject = text.trim();
        this.#field = 'message';
        return undefined;
      case 'message':
        this.#field = this.#standing === undefined ? 'recipient' : 'subject';
        return { kind: 'send', to: this.#standing ?? this.#recipient, subject: this.#subject, body: text };
    }
  }

  #command(line: string): Action {
    const [command, ...rest] = line.trim().split(/\s+/);
    const argument = rest.join(' ');
    switch (command) {
      case '/to':
        return this.#stand(argument);
      case '/name':
        return argument === ''
          ? { kind: 'mistake', why: 'Which name? /name NAME' }
          : { kind: 'rename', name: argument };
      case '/save':
        return argument === ''
          ? { kind: 'mistake', why: 'Save to which file? /save FILE' }
          : { kind: 'save', file: argument };
      case '/link':
        return { kind: 'link', words: argument };
      case '/who':
      case '/inbox':
      case '/clear':
      case '/help':
      case '/quit':
        return { kind: command.slice(1) as 'who' };
      default:
        return {
          kind: 'mistake',
          why: `There is no command ${command}. /help lists those there are; // begins a text with a slash.`,
        };
    }
  }

  #stand(name: string): Action {
    this.#standing = name === '' ? undefined : name;
    this.#field = this.#standing === undefined ? 'recipient' : 'subject';
    return { kind: 'recipient', to: this.#standing };
  }

  #recipientHint(): string {
    return this.#recipient === '' ? ' (a name, or * for all)' : ` [${this.#recipient}]`;
  }
}
