// Headings of tables of figures.
import type { InEach } from '../language.ts';

export type TableName = 'arrived' | 'when' | 'deadline' | 'round-trips' | 'blocking' | 'order' | 'losses';

export interface FigureTexts {
  readonly tables: Readonly<Record<TableName, { readonly title: string; readonly note?: string }>>;
  readonly link: string;
  readonly over: string;
  readonly figure: string;
  readonly everyFigure: string;
  readonly definitions: string;
  readonly spread: string;
  readonly repetitions: string;
  range(low: string, high: string): string;
}

export const FIGURE_TEXTS: InEach<FigureTexts> = {
  en: {
    tables: {
      arrived: { title: 'What arrived' },
      when: { title: 'When' },
      deadline: {
        title: 'By which deadline',
        note: 'Of all messages sent, the share that was there in time. The whole curve of each cell is in run.json (curves).',
      },
      'round-trips': { title: 'Round trips' },
      blocking: {
        title: 'Head-of-line blocking',
        note: 'A message is blocked while its bytes are all at the receiving host, and bytes before it are not.',
      },
      order: { title: 'In what order' },
      losses: { title: 'How it was lost' },
    },
    link: 'link',
    over: 'over',
    figure: 'figure',
    everyFigure: 'Every figure',
    definitions: 'What they are',
    spread: 'From repetition to repetition',
    repetitions: 'repetitions',
    range: (low, high) => `${low} – ${high}`,
  },
  'pt-BR': {
    tables: {
      arrived: { title: 'O que chegou' },
      when: { title: 'Quando' },
      deadline: {
        title: 'Em que prazo',
        note: 'De todas as mensagens enviadas, a fração que estava lá a tempo. A curva inteira de cada célula está em run.json (curves).',
      },
      'round-trips': { title: 'Idas e voltas' },
      blocking: {
        title: 'Bloqueio de cabeça de fila',
        note: 'Uma mensagem está bloqueada enquanto todos os seus bytes estão no host de destino, e os de antes dela não.',
      },
      order: { title: 'Em que ordem' },
      losses: { title: 'Como se perdeu' },
    },
    link: 'enlace',
    over: 'com',
    figure: 'medida',
    everyFigure: 'Todas as medidas',
    definitions: 'O que são',
    spread: 'De repetição em repetição',
    repetitions: 'repetições',
    range: (low, high) => `${low} – ${high}`,
  },
};
