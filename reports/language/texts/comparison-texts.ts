// Two contestants over one link.
import type { InEach } from '../language.ts';

export interface ComparisonTexts {
  readonly title: string;
  readonly intervals: string;
  readonly pairs: string;
  against(other: string, baseline: string, place: string): string;
  less(title: string, other: string, baseline: string): string;
  more(title: string, other: string, baseline: string): string;
  notReached(start: string, absent: string, present: string): string;
  by(start: string, difference: string): string;
  noDifference(titles: string): string;
  notEnough(titles: string, why: string): string;
  messageForMessage(what: string): string;
  earlier(side: string, share: string, ahead: string): string;
  aheadBy(ms: string): string;
  readonly otherNeverCame: string;
  alone(side: string, share: string, after: string): string;
  after(ms: string): string;
  /** Of the table on a terminal. */
  readonly columns: Readonly<Record<'loss' | 'delay-p50' | 'delay-p99' | 'earlier', string>>;
  againstColumn(baseline: string): string;
  aloneColumn(baseline: string): string;
  readonly legend: string;
  readonly equals: string;
  readonly infinite: string;
  open(why: string): string;
}

export const COMPARISON_TEXTS: InEach<ComparisonTexts> = {
  en: {
    title: 'Side by side',
    intervals: 'In parentheses: intervals of 95 %. A difference is one where its interval does not contain 0.',
    pairs:
      'Message k over one and message k over the other have the same body, recipient, planned instant and channel. ',
    against: (other, baseline, place) => `${other} against ${baseline}, ${place}`,
    less: (title, other, baseline) => `${title}: less over ${other} than over ${baseline}`,
    more: (title, other, baseline) => `${title}: more over ${other} than over ${baseline}`,
    notReached: (start, absent, present) => `${start}: ${absent} did not reach it, ${present} did.`,
    by: (start, difference) => `${start}, by ${difference}.`,
    noDifference: (titles) => `No difference: ${titles}.`,
    notEnough: (titles, why) => `Not enough to say: ${titles} (${why})`,
    messageForMessage: (what) => `Message for message: ${what}.`,
    earlier: (side, share, ahead) => `${side} came earlier for ${share} of the messages, ${ahead}`,
    aheadBy: (ms) => `by ${ms} ms in the median`,
    otherNeverCame: 'mostly because the other never came',
    alone: (side, share, after) => `${side} alone delivered ${share}${after}`,
    after: (ms) => `, after ${ms} ms in the median`,
    columns: { loss: 'lost, points', 'delay-p50': 'p50 ms', 'delay-p99': 'p99 ms', earlier: 'earlier' },
    againstColumn: (baseline) => `against ${baseline}`,
    aloneColumn: (baseline) => `${baseline} alone`,
    legend: 'Message by message, then by how much the figures differ',
    equals: '=: no difference (its 95 % interval contains 0)',
    infinite: '∞: one of them did not reach it',
    open: (why) => `?: not enough to say (${why})`,
  },
  'pt-BR': {
    title: 'Lado a lado',
    intervals: 'Entre parênteses: intervalos de 95 %. Há diferença onde o intervalo dela não contém 0.',
    pairs: 'A mensagem k de um e a mensagem k do outro têm o mesmo corpo, destinatário, instante planejado e canal. ',
    against: (other, baseline, place) => `${other} contra ${baseline}, ${place}`,
    less: (title, other, baseline) => `${title}: menos com ${other} do que com ${baseline}`,
    more: (title, other, baseline) => `${title}: mais com ${other} do que com ${baseline}`,
    notReached: (start, absent, present) => `${start}: ${absent} não atingiu, ${present} atingiu.`,
    by: (start, difference) => `${start}, por ${difference}.`,
    noDifference: (titles) => `Sem diferença: ${titles}.`,
    notEnough: (titles, why) => `Não há o bastante para concluir: ${titles} (${why})`,
    messageForMessage: (what) => `Mensagem por mensagem: ${what}.`,
    earlier: (side, share, ahead) => `${side} chegou antes em ${share} das mensagens, ${ahead}`,
    aheadBy: (ms) => `por ${ms} ms na mediana`,
    otherNeverCame: 'quase sempre porque a outra nunca chegou',
    alone: (side, share, after) => `só ${side} entregou ${share}${after}`,
    after: (ms) => `, depois de ${ms} ms na mediana`,
    columns: { loss: 'perda, p.p.', 'delay-p50': 'p50 ms', 'delay-p99': 'p99 ms', earlier: 'antes' },
    againstColumn: (baseline) => `contra ${baseline}`,
    aloneColumn: (baseline) => `só ${baseline}`,
    legend: 'Mensagem por mensagem; depois, em quanto as medidas diferem',
    equals: '=: sem diferença (o intervalo de 95 % dela contém 0)',
    infinite: '∞: um dos dois não atingiu',
    open: (why) => `?: não há o bastante para concluir (${why})`,
  },
};
