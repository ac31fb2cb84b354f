// Headings and sentences that hold a report together.
import type { InEach } from '../language.ts';

export interface PageTexts {
  readonly verdict: string;
  readonly lookFor: string;
  readonly teaches: string;
  readonly beforeYouBelieve: string;
  readonly notAvailable: string;
  ran(messages: string, backend: string, repetitions: string, took: string): string;
  readonly inParentheses: string;
  readonly figures: string;
  readonly contents: string;
  readonly morePlaces: (places: string) => string;
  readonly howAggregated: string;
  readonly madeBy: string;
  readonly seeds: string;
}

export const PAGE_TEXTS: InEach<PageTexts> = {
  en: {
    verdict: 'Verdict',
    lookFor: 'What to look for.',
    teaches: 'What it teaches.',
    beforeYouBelieve: 'Before you believe a figure',
    notAvailable: 'Not available, and why',
    ran: (messages, backend, repetitions, took) =>
      `${messages} over the ${backend} backend, ${repetitions}, in ${took}.`,
    inParentheses: 'In parentheses: intervals of 95 %.',
    figures: 'The figures',
    contents: 'On this page',
    morePlaces: (places) => `${places} more`,
    howAggregated:
      'What is drawn is counted, not picked: curves and fields are made of every message, a line over time shows the least, the median and the most of each of its slots, and only the staircase is a part of one flow, and says which.',
    madeBy: 'Made by transport-lab',
    seeds: 'Seeds of the channels, repetition by repetition',
  },
  'pt-BR': {
    verdict: 'Veredito',
    lookFor: 'O que procurar.',
    teaches: 'O que ensina.',
    beforeYouBelieve: 'Antes de acreditar em uma medida',
    notAvailable: 'O que não está disponível, e por quê',
    ran: (messages, backend, repetitions, took) => `${messages} pelo backend ${backend}, ${repetitions}, em ${took}.`,
    inParentheses: 'Entre parênteses: intervalos de 95 %.',
    figures: 'As medidas',
    contents: 'Nesta página',
    morePlaces: (places) => `mais ${places}`,
    howAggregated:
      'O que está desenhado foi contado, não escolhido: curvas e campos são feitos de todas as mensagens, uma linha no tempo mostra o mínimo, a mediana e o máximo de cada intervalo, e só a escada é uma parte de um fluxo, e diz qual.',
    madeBy: 'Feito por transport-lab',
    seeds: 'Sementes dos canais, repetição por repetição',
  },
};
