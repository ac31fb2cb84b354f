// The words of the chat's screen, in each language.
import type { InEach } from '../../reports/language/language.ts';
import type { Mark } from './model/arrivals.ts';
import type { Note } from './model/chat-model.ts';
import type { Mistake } from './model/typing.ts';

export type CountName =
  | 'sent'
  | 'confirmed'
  | 'received'
  | 'inFlight'
  | 'unconfirmed'
  | 'refused'
  | 'outOfOrder'
  | 'duplicates';

export interface ChatTexts {
  readonly inbox: string;
  readonly people: string;
  readonly fields: { readonly to: string; readonly subject: string; readonly body: string };
  readonly send: string;
  readonly noSubject: string;
  readonly toAll: string;
  readonly you: string;
  to(name: string): string;
  readonly empty: string;
  above(lines: string): string;
  below(lines: string): string;
  readonly marks: Readonly<Record<Mark, string>>;
  readonly inFlight: string;
  confirmed(from: string, ms: string): string;
  confirmedBy(count: string, ms: string): string;
  refused(why: string): string;
  readonly unconfirmed: string;
  readonly cutOff: string;
  notSent(why: string): string;
  readonly noConnection: string;
  readonly queueFull: string;
  /** What is 0 is not said, but for the first three. */
  readonly counts: Readonly<Record<CountName, string>>;
  roundTrip(ms: string): string;
  down(why: string, seconds: string): string;
  readonly note: { readonly [Kind in Note['kind']]: (note: Extract<Note, { kind: Kind }>) => string };
  readonly mistake: { readonly [Kind in Mistake['kind']]: (command: string) => string };
  readonly keysTitle: string;
  readonly keys: readonly (readonly [key: string, does: string])[];
  readonly keysHint: string;
  tooSmall(width: string, height: string): string;
}

export const CHAT_TEXTS: InEach<ChatTexts> = {
  en: {
    inbox: 'Inbox',
    people: 'People',
    fields: { to: 'To', subject: 'Subject', body: 'Message' },
    send: 'Enter sends',
    noSubject: 'Sem Assunto',
    toAll: 'to all',
    you: 'you',
    to: (name) => `to ${name}`,
    empty: 'No message yet. Choose a recipient, or * for everybody.',
    above: (lines) => `↑ ${lines} more`,
    below: (lines) => `↓ ${lines} more`,
    marks: { 'out-of-order': 'out of order', duplicate: 'again' },
    inFlight: 'in flight',
    confirmed: (from, ms) => `✓ ${from} has it, after ${ms} ms`,
    confirmedBy: (count, ms) => `✓ ${count} have it, the last after ${ms} ms`,
    refused: (why) => `✗ refused: ${why}`,
    unconfirmed: '? no receipt: it may be lost, or only its receipt',
    cutOff: '? the connection ended: whether it came can’t be known',
    notSent: (why) => `✗ not sent: ${why}`,
    noConnection: 'there is no connection',
    queueFull: 'too much waits before it; try again',
    counts: {
      sent: 'sent',
      confirmed: 'confirmed',
      received: 'received',
      inFlight: 'in flight',
      unconfirmed: 'unconfirmed',
      refused: 'refused',
      outOfOrder: 'out of order',
      duplicates: 'twice',
    },
    roundTrip: (ms) => `round trip ${ms} ms`,
    down: (why, seconds) => `no connection (${why}); trying again in ${seconds} s`,
    note: {
      joined: ({ name, transport }) => `${name} joined over ${transport}`,
      left: ({ name, departure }) => `${name} is gone (${departure})`,
      disconnected: ({ why }) => `the connection has ended: ${why}`,
      back: ({ name }) => `connected again, as ${name}`,
      saved: ({ file, messages }) => `${messages} messages are in ${file}`,
      problem: ({ text }) => text,
    },
    mistake: {
      'no-recipient': () => 'A message needs a recipient: a name, or * for everybody.',
      'no-body': () => 'There is nothing to send.',
      'no-file': () => 'Save to which file? /save FILE',
      'no-name': () => 'Which name? /name NAME',
      'unknown-command': (command) => `There is no command ${command}. F1 shows them; // begins a text with a slash.`,
    },
    keysTitle: 'Keys',
    keys: [
      ['Tab, Shift-Tab', 'next field, the one before; completes a recipient'],
      ['Enter', 'sends, from the message'],
      ['Up, Down', 'what was sent before'],
      ['PageUp, PageDown', 'scroll the inbox; Esc to the newest'],
      ['Ctrl-L', 'clear the inbox'],
      ['Ctrl-W, Ctrl-U', 'erase a word, the line'],
      ['/who /to /name', 'who is here; write to; another name'],
      ['/save FILE', 'write the inbox to a file'],
      ['/clear /quit', 'clear the inbox; leave'],
      ['Ctrl-C', 'leave'],
    ],
    keysHint: 'F1 or ? keys',
    tooSmall: (width, height) => `The chat needs a terminal of ${width} × ${height}.`,
  },
  'pt-BR': {
    inbox: 'Caixa de Entrada',
    people: 'Pessoas',
    fields: { to: 'Destinatário', subject: 'Assunto', body: 'Mensagem' },
    send: 'Enter: Enviar',
    noSubject: 'Sem Assunto',
    toAll: 'para todos',
    you: 'você',
    to: (name) => `para ${name}`,
    empty: 'Nenhuma mensagem ainda. Escolha um destinatário, ou * para todos.',
    above: (lines) => `↑ mais ${lines}`,
    below: (lines) => `↓ mais ${lines}`,
    marks: { 'out-of-order': 'fora de ordem', duplicate: 'repetida' },
    inFlight: 'a caminho',
    confirmed: (from, ms) => `✓ ${from} recebeu, depois de ${ms} ms`,
    confirmedBy: (count, ms) => `✓ ${count} receberam, a última depois de ${ms} ms`,
    refused: (why) => `✗ recusada: ${why}`,
    unconfirmed: '? sem recibo: pode ter se perdido, ou só o recibo dela',
    cutOff: '? a conexão acabou: não se pode saber se chegou',
    notSent: (why) => `✗ não enviada: ${why}`,
    noConnection: 'não há conexão',
    queueFull: 'há demais esperando antes dela; tente de novo',
    counts: {
      sent: 'enviadas',
      confirmed: 'confirmadas',
      received: 'recebidas',
      inFlight: 'a caminho',
      unconfirmed: 'sem recibo',
      refused: 'recusadas',
      outOfOrder: 'fora de ordem',
      duplicates: 'repetidas',
    },
    roundTrip: (ms) => `ida e volta ${ms} ms`,
    down: (why, seconds) => `sem conexão (${why}); nova tentativa em ${seconds} s`,
    note: {
      joined: ({ name, transport }) => `${name} entrou por ${transport}`,
      left: ({ name, departure }) => `${name} saiu (${departure})`,
      disconnected: ({ why }) => `a conexão acabou: ${why}`,
      back: ({ name }) => `conectado de novo, como ${name}`,
      saved: ({ file, messages }) => `${messages} mensagens estão em ${file}`,
      problem: ({ text }) => text,
    },
    mistake: {
      'no-recipient': () => 'Uma mensagem precisa de um destinatário: um nome, ou * para todos.',
      'no-body': () => 'Não há nada para enviar.',
      'no-file': () => 'Salvar em que arquivo? /save ARQUIVO',
      'no-name': () => 'Que nome? /name NOME',
      'unknown-command': (command) => `Não existe o comando ${command}. F1 mostra todos; // começa um texto com barra.`,
    },
    keysTitle: 'Teclas',
    keys: [
      ['Tab, Shift-Tab', 'próximo campo, campo anterior; completa o destinatário'],
      ['Enter', 'envia, a partir da mensagem'],
      ['Cima, Baixo', 'o que foi enviado antes'],
      ['PageUp, PageDown', 'rolam a caixa; Esc vai à mais nova'],
      ['Ctrl-L', 'limpa a caixa de entrada'],
      ['Ctrl-W, Ctrl-U', 'apagam uma palavra, a linha'],
      ['/who /to /name', 'quem está; escrever para; outro nome'],
      ['/save ARQUIVO', 'grava a caixa em um arquivo'],
      ['/clear /quit', 'limpa a caixa; sai'],
      ['Ctrl-C', 'sai'],
    ],
    keysHint: 'F1 ou ? teclas',
    tooSmall: (width, height) => `O bate-papo precisa de um terminal de ${width} × ${height}.`,
  },
};
