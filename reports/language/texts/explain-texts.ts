// `lab explain`: what stands around the texts of the metrics.
import type { InEach } from '../language.ts';

export interface ExplainTexts {
  readonly groups: Readonly<Record<string, string>>;
  readonly inFull: string;
  readonly formula: string;
  readonly where: string;
  readonly unit: string;
  readonly source: string;
  readonly readIt: string;
  readonly better: string;
  readonly interval: string;
  readonly needs: string;
  readonly less: string;
  readonly more: string;
  readonly neither: string;
  readonly wilson: string;
  readonly bootstrap: string;
  /** By the symbol that a formula has. */
  readonly symbols: Readonly<Record<'N' | 'L' | 'c_i' | 'd_i' | 'S_i' | 'R_i' | 'T_max' | 'blocked_i', string>>;
}

export const EXPLAIN_TEXTS: InEach<ExplainTexts> = {
  en: {
    groups: {},
    inFull: 'In full, with formula and source: lab explain METRIC. All on one page: docs/metrics.md.',
    formula: 'formula',
    where: 'where',
    unit: 'unit',
    source: 'source',
    readIt: 'read it',
    better: 'better',
    interval: 'interval',
    needs: 'needs',
    less: 'less',
    more: 'more',
    neither: 'neither less nor more',
    wilson: "Wilson's, of a share of messages",
    bootstrap: 'bootstrap over repetitions; none of a count or an extreme',
    symbols: {
      N: 'all messages planned',
      L: 'messages that came in time',
      c_i: 'copies of message i that came in time',
      d_i: 'delay of message i, from its planned instant; infinite if lost',
      S_i: 'planned instant of sending',
      R_i: 'instant of arrival',
      T_max: 'the waiting time of the run',
      blocked_i: 'how long message i, all of it at the host, waited for bytes before it',
    },
  },
  'pt-BR': {
    groups: {
      delivery: 'entrega',
      order: 'ordem',
      delay: 'atraso',
      throughput: 'vazão',
      stream: 'stream',
      'set-up': 'estabelecimento',
      wire: 'fio',
      lab: 'laboratório',
    },
    inFull: 'Por extenso, com fórmula e fonte: lab explain MÉTRICA. Todas em uma página: docs/metrics.md (em inglês).',
    formula: 'fórmula',
    where: 'onde',
    unit: 'unidade',
    source: 'fonte',
    readIt: 'leitura',
    better: 'melhor',
    interval: 'intervalo',
    needs: 'requer',
    less: 'menos',
    more: 'mais',
    neither: 'nem menos nem mais',
    wilson: 'de Wilson, de uma fração de mensagens',
    bootstrap: 'bootstrap sobre as repetições; nenhum para uma contagem ou um extremo',
    symbols: {
      N: 'todas as mensagens planejadas',
      L: 'mensagens que chegaram a tempo',
      c_i: 'cópias da mensagem i que chegaram a tempo',
      d_i: 'atraso da mensagem i, desde o instante planejado; infinito se perdida',
      S_i: 'instante planejado do envio',
      R_i: 'instante da chegada',
      T_max: 'o tempo de espera da execução',
      blocked_i: 'quanto a mensagem i, já inteira no host, esperou por bytes anteriores',
    },
  },
};
