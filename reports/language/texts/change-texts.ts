// `lab compare`: what changed from one run to the next.
import type { Incomparable, Side } from '../../../src/bench/result.ts';
import type { InEach } from '../language.ts';

export interface ChangeTexts {
  readonly title: string;
  readonly sides: Readonly<Record<Side, string>>;
  readonly change: string;
  readonly changed: string;
  readonly changedHow: string;
  readonly nothingChanged: string;
  readonly better: string;
  readonly worse: string;
  unchanged(figures: string, titles: string): string;
  notEnough(titles: string, why: string): string;
  readonly incomparable: string;
  readonly nothingToCompare: string;
  readonly why: {
    readonly 'only-in': (side: string) => string;
    readonly 'not-measured': (side: string) => string;
  } & {
    readonly [Kind in Exclude<Incomparable['kind'], 'only-in' | 'not-measured'>]: (
      before: string,
      after: string,
    ) => string;
  };
  readonly workload: string;
  readonly differences: string;
  readonly differencesHow: string;
  readonly setting: string;
  readonly settings: Readonly<Record<string, string>>;
  contestant(name: string): string;
  readonly everyFigure: string;
  broken(limit: string, cell: string, before: string, after: string): string;
  notKnown(limit: string, cell: string, why: string): string;
  readonly noFigure: string;
  kept(limits: string): string;
}

export const CHANGE_TEXTS: InEach<ChangeTexts> = {
  en: {
    title: 'What changed',
    sides: { before: 'before', after: 'after' },
    change: 'change',
    changed: 'What changed',
    changedHow:
      'In parentheses: intervals of 95 %. The two runs are taken as independent; a change is one where the interval of the difference does not contain 0.',
    nothingChanged: 'Nothing changed that the intervals could tell.',
    better: 'better',
    worse: 'worse',
    unchanged: (figures, titles) => `No difference in ${figures}: ${titles}.`,
    notEnough: (titles, why) => `Not enough to say: ${titles} (${why})`,
    incomparable: 'What can’t be compared, and why',
    nothingToCompare: 'Nothing can be compared: no cell of the two runs measured the same thing.',
    why: {
      'only-in': (side) => `only in the run ${side}`,
      'not-measured': (side) => `nothing was measured in the run ${side}`,
      link: (before, after) =>
        `the link differs: ${before || 'nothing between'} before, ${after || 'nothing between'} after`,
      workload: () => 'the workload differs',
      'waiting-time': (before, after) =>
        `T_max differs (${before} before, ${after} after): what is lost means something else`,
      chance: (before, after) => `chance differs: per ${before} before, per ${after} after`,
      mtu: (before, after) => `the largest packet differs: ${before || 'default'} before, ${after || 'default'} after`,
    },
    workload: 'workload',
    differences: 'What else differs',
    differencesHow: 'Each of these may be what made a change.',
    setting: 'setting',
    settings: {},
    contestant: (name) => `contestant ${name}`,
    everyFigure: 'Every figure',
    broken: (limit, cell, before, after) => `${limit}: broken by ${cell}: ${before} before, ${after} after.`,
    notKnown: (limit, cell, why) => `${limit}: can’t be told for ${cell}: ${why}.`,
    noFigure: 'it has no such figure any more',
    kept: (limits) => `Kept: ${limits}.`,
  },
  'pt-BR': {
    title: 'O que mudou',
    sides: { before: 'antes', after: 'depois' },
    change: 'mudança',
    changed: 'O que mudou',
    changedHow:
      'Entre parênteses: intervalos de 95 %. As duas execuções são tomadas como independentes; há mudança onde o intervalo da diferença não contém 0.',
    nothingChanged: 'Nada mudou que os intervalos pudessem mostrar.',
    better: 'melhor',
    worse: 'pior',
    unchanged: (figures, titles) => `Sem diferença em ${figures}: ${titles}.`,
    notEnough: (titles, why) => `Não há o bastante para concluir: ${titles} (${why})`,
    incomparable: 'O que não pode ser comparado, e por quê',
    nothingToCompare: 'Nada pode ser comparado: nenhuma célula das duas execuções mediu a mesma coisa.',
    why: {
      'only-in': (side) => `só na execução de ${side}`,
      'not-measured': (side) => `nada foi medido na execução de ${side}`,
      link: (before, after) => `o enlace difere: ${before || 'nada no meio'} antes, ${after || 'nada no meio'} depois`,
      workload: () => 'a carga de trabalho difere',
      'waiting-time': (before, after) =>
        `T_max difere (${before} antes, ${after} depois): o que é perdido quer dizer outra coisa`,
      chance: (before, after) => `o acaso difere: por ${before} antes, por ${after} depois`,
      mtu: (before, after) => `o maior pacote difere: ${before || 'padrão'} antes, ${after || 'padrão'} depois`,
    },
    workload: 'carga de trabalho',
    differences: 'O que mais difere',
    differencesHow: 'Cada uma destas coisas pode ser o que causou uma mudança.',
    setting: 'configuração',
    settings: {
      scenario: 'cenário',
      seed: 'semente',
      repetitions: 'repetições',
      lab: 'laboratório',
      system: 'sistema',
      processor: 'processador',
      cores: 'núcleos',
      memory: 'memória',
    },
    contestant: (name) => `concorrente ${name}`,
    everyFigure: 'Todas as medidas',
    broken: (limit, cell, before, after) => `${limit}: ultrapassado por ${cell}: ${before} antes, ${after} depois.`,
    notKnown: (limit, cell, why) => `${limit}: não se pode dizer para ${cell}: ${why}.`,
    noFigure: 'não tem mais essa medida',
    kept: (limits) => `Respeitado: ${limits}.`,
  },
};
