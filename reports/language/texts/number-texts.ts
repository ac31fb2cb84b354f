// Words that numbers need.
import type { InEach } from '../language.ts';

const en = {
  decimalPoint: '.',
  notReached: 'not reached',
  notAvailable: 'n/a',
  percentagePoints: 'percentage points',
  and: 'and',
  anything: 'anything is possible',
  atMost: (most: string) => `at most ${most}`,
  atLeast: (least: string) => `at least ${least}`,
  fromTo: (low: string, high: string) => `${low} to ${high}`,
  units: {} as Readonly<Record<string, string>>,
  /** One, and several. */
  nouns: {
    message: ['message', 'messages'],
    repetition: ['repetition', 'repetitions'],
    user: ['user', 'users'],
    flow: ['flow', 'flows'],
    byte: ['byte', 'bytes'],
    core: ['core', 'cores'],
    packet: ['packet', 'packets'],
    place: ['place', 'places'],
    trial: ['trial', 'trials'],
    pair: ['pair', 'pairs'],
    figure: ['figure', 'figures'],
    worker: ['worker process', 'worker processes'],
  } satisfies Record<string, readonly [string, string]>,
};

export type Noun = keyof typeof en.nouns;

export type NumberTexts = Omit<typeof en, 'nouns'> & { readonly nouns: Readonly<Record<Noun, readonly string[]>> };

export const NUMBER_TEXTS: InEach<NumberTexts> = {
  en,
  'pt-BR': {
    decimalPoint: ',',
    notReached: 'não atingido',
    notAvailable: 'n/d',
    percentagePoints: 'pontos percentuais',
    and: 'e',
    anything: 'tudo é possível',
    atMost: (most) => `no máximo ${most}`,
    atLeast: (least) => `no mínimo ${least}`,
    fromTo: (low, high) => `${low} a ${high}`,
    units: {
      messages: 'mensagens',
      copies: 'cópias',
      share: 'fração',
      ratio: 'razão',
      packets: 'pacotes',
      'round trips': 'idas e voltas',
    },
    nouns: {
      message: ['mensagem', 'mensagens'],
      repetition: ['repetição', 'repetições'],
      user: ['usuário', 'usuários'],
      flow: ['fluxo', 'fluxos'],
      byte: ['byte', 'bytes'],
      core: ['núcleo', 'núcleos'],
      packet: ['pacote', 'pacotes'],
      place: ['lugar', 'lugares'],
      trial: ['ensaio', 'ensaios'],
      pair: ['par', 'pares'],
      figure: ['medida', 'medidas'],
      worker: ['processo worker', 'processos worker'],
    },
  },
};
