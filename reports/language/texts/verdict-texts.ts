// What was concluded, and the counts that carry it.
import type { FigureEvidence, Verdict } from '../../../src/bench/result.ts';
import type { InEach } from '../language.ts';

export interface VerdictTexts {
  readonly outcomes: Readonly<Record<Verdict['outcome'], string>>;
  /** Something was measured, and it showed neither the sentence nor its opposite. */
  readonly notSeen: string;
  readonly conclusions: Readonly<Record<FigureEvidence['conclusion'], string>>;
  readonly allDelivered: string;
  of(messages: string, what: string): string;
  lost(messages: string, share: string): string;
  outOfOrder(messages: string): string;
  again(messages: string): string;
  damaged(messages: string): string;
  figureFor(figure: string, cell: string): string;
  against(figure: string): string;
  by(difference: string): string;
  notWatched(transport: string): string;
  toldNothing(transport: string, watched: string): string;
  told(transport: string, ms: string): string;
  notAvailable(places: string, backend: string, transport: string): string;
  notMeasured(places: string): string;
}

export const VERDICT_TEXTS: InEach<VerdictTexts> = {
  en: {
    outcomes: { held: 'holds', partly: 'holds in part', refuted: 'does not hold', 'not-tested': 'not tested' },
    notSeen: 'was not seen',
    conclusions: {
      less: 'less',
      more: 'more',
      'no-difference': 'no difference',
      'not-supported': 'not enough to say',
    },
    allDelivered: 'all delivered once, in order, undamaged',
    of: (messages, what) => `of ${messages}, ${what}`,
    lost: (messages, share) => `${messages} lost (${share})`,
    outOfOrder: (messages) => `${messages} out of order`,
    again: (messages) => `${messages} delivered again`,
    damaged: (messages) => `${messages} damaged`,
    figureFor: (figure, cell) => `${figure} for ${cell}`,
    against: (figure) => `against ${figure}`,
    by: (difference) => `by ${difference}`,
    notWatched: (transport) =>
      `Nobody watched what a user on ${transport} learns when the server is killed: the run ended before.`,
    toldNothing: (transport, watched) =>
      `When the server was killed, the user on ${transport} was told nothing in ${watched}.`,
    told: (transport, ms) => `When the server was killed, the user on ${transport} was told within ${ms} ms.`,
    notAvailable: (places, backend, transport) =>
      `Not tested over ${places}: the ${backend} backend can't put ${transport} there (reasons below).`,
    notMeasured: (places) => `Not tested over ${places}: no repetition came to its end.`,
  },
  'pt-BR': {
    outcomes: {
      held: 'confirma-se',
      partly: 'confirma-se em parte',
      refuted: 'não se confirma',
      'not-tested': 'não testada',
    },
    notSeen: 'não foi observado',
    conclusions: {
      less: 'menos',
      more: 'mais',
      'no-difference': 'sem diferença',
      'not-supported': 'não há o bastante para concluir',
    },
    allDelivered: 'todas entregues uma vez, em ordem, intactas',
    of: (messages, what) => `de ${messages}, ${what}`,
    lost: (messages, share) => `${messages} perdidas (${share})`,
    outOfOrder: (messages) => `${messages} fora de ordem`,
    again: (messages) => `${messages} entregues de novo`,
    damaged: (messages) => `${messages} danificadas`,
    figureFor: (figure, cell) => `${figure} para ${cell}`,
    against: (figure) => `contra ${figure}`,
    by: (difference) => `por ${difference}`,
    notWatched: (transport) =>
      `Ninguém observou o que um usuário em ${transport} fica sabendo quando o servidor é morto: a execução acabou antes.`,
    toldNothing: (transport, watched) =>
      `Quando o servidor foi morto, o usuário em ${transport} não foi avisado de nada em ${watched}.`,
    told: (transport, ms) => `Quando o servidor foi morto, o usuário em ${transport} foi avisado em ${ms} ms.`,
    notAvailable: (places, backend, transport) =>
      `Não testado em ${places}: o backend ${backend} não consegue levar ${transport} até lá (motivos abaixo).`,
    notMeasured: (places) => `Não testado em ${places}: nenhuma repetição chegou ao fim.`,
  },
};
