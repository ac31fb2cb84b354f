// What stands on a terminal and nowhere else.
import type { InEach } from '../language.ts';

type Column =
  | 'sent'
  | 'loss'
  | 'replicated'
  | 'reordered'
  | 'blocked'
  | 'delay-p50'
  | 'delay-p99'
  | 'round-trip-p50'
  | 'goodput';

export interface TerminalTexts {
  ran(messages: string, each: string | undefined, backend: string, took: string, repetitions: string): string;
  andMore(more: string): string;
  whyBackend(backend: string, said: string): string;
  notes(waiting: string): string;
  labWasLate(ms: string): string;
  notAvailable(where: string, why: string): string;
  readonly columns: Readonly<Record<Column, string>>;
  readonly point: string;
  readonly linkAndPoint: string;
  readonly nothingMeasured: string;
  readonly unavailable: string;
  shape(title: string, largest: string): string;
  readonly notReachedSign: string;
  readonly notAvailableSign: string;
  arrivals(from: string, to: string): string;
  readonly quotes: readonly [string, string];
  written(folder: string, toRead: string): string;
  and(one: string, other: string): string;
  pageNotMade(why: string, command: string): string;
  /** Where a run is. */
  trial(number: string, of: string, cell: string, repetition: string): string;
  killing(transport: string): string;
  readonly endedEarly: string;
  /** Of a scenario that was only looked at. */
  checked(scenario: string, trials: string, time: string): string;
}

export const TERMINAL_TEXTS: InEach<TerminalTexts> = {
  en: {
    ran: (messages, each, backend, took, repetitions) =>
      `${messages}${each === undefined ? '' : ` (${each} a cell)`} over the ${backend} backend in ${took}, ${repetitions}`,
    andMore: (more) => `And ${more} more: they are in report.md.`,
    whyBackend: (backend, said) => `Why the ${backend} backend: ${said}`,
    notes: (waiting) =>
      `Delay counts from the planned instant, over all messages sent; lost is what has not come within ${waiting}. Every message crosses the link twice: up to the server, and down to its receiver.`,
    labWasLate: (ms) => ` The lab itself sent late by at most ${ms} ms (p99, worst cell).`,
    notAvailable: (where, why) => `Not available (${where}): ${why}`,
    columns: {
      sent: 'sent',
      loss: 'lost',
      replicated: 'twice',
      reordered: 'reordered',
      blocked: 'blocked',
      'delay-p50': 'p50 ms',
      'delay-p99': 'p99 ms',
      'round-trip-p50': 'RTT p50 ms',
      goodput: 'goodput',
    },
    point: 'point',
    linkAndPoint: 'link, point',
    nothingMeasured: 'nothing measured',
    unavailable: 'not available',
    shape: (title, largest) => `${title}, from 0 to ${largest}`,
    notReachedSign: '; ↑ not reached',
    notAvailableSign: '; · not available',
    arrivals: (from, to) => `When messages came, from ${from} to ${to} ms (log axis); ✕ what never did`,
    quotes: ['“', '”'],
    written: (folder, toRead) =>
      `Written to ${folder}: ${toRead} to read; run.json, figures.csv and *.csv.gz for programs.`,
    and: (one, other) => `${one} and ${other}`,
    pageNotMade: (why, command) => `report.html was not made: ${why}. To make it: ${command}`,
    trial: (number, of, cell, repetition) => `trial ${number} of ${of}: ${cell}, repetition ${repetition}`,
    killing: (transport) => `killing the server under ${transport}`,
    endedEarly: 'ended before its time',
    checked: (scenario, trials, time) => `${scenario}: ok, ${trials}, about ${time}`,
  },
  'pt-BR': {
    ran: (messages, each, backend, took, repetitions) =>
      `${messages}${each === undefined ? '' : ` (${each} por célula)`} pelo backend ${backend} em ${took}, ${repetitions}`,
    andMore: (more) => `E mais ${more}: estão em report.md.`,
    whyBackend: (backend, said) => `Por que o backend ${backend}: ${said}`,
    notes: (waiting) =>
      `O atraso conta do instante planejado, sobre todas as mensagens enviadas; perdida é a que não chegou em ${waiting}. Cada mensagem atravessa o enlace duas vezes: sobe ao servidor e desce ao destinatário.`,
    labWasLate: (ms) => ` O próprio laboratório enviou com atraso de no máximo ${ms} ms (p99, pior célula).`,
    notAvailable: (where, why) => `Não disponível (${where}): ${why}`,
    columns: {
      sent: 'enviadas',
      loss: 'perda',
      replicated: 'duas vezes',
      reordered: 'fora de ordem',
      blocked: 'bloqueadas',
      'delay-p50': 'p50 ms',
      'delay-p99': 'p99 ms',
      'round-trip-p50': 'RTT p50 ms',
      goodput: 'goodput',
    },
    point: 'ponto',
    linkAndPoint: 'enlace, ponto',
    nothingMeasured: 'nada medido',
    unavailable: 'não disponível',
    shape: (title, largest) => `${title}, de 0 a ${largest}`,
    notReachedSign: '; ↑ não atingido',
    notAvailableSign: '; · não disponível',
    arrivals: (from, to) => `Quando chegaram, de ${from} a ${to} ms (eixo logarítmico); ✕ o que nunca chegou`,
    quotes: ['“', '”'],
    written: (folder, toRead) =>
      `Gravado em ${folder}: ${toRead} para ler; run.json, figures.csv e *.csv.gz para programas.`,
    and: (one, other) => `${one} e ${other}`,
    pageNotMade: (why, command) => `report.html não foi feito: ${why}. Para fazê-lo: ${command}`,
    trial: (number, of, cell, repetition) => `ensaio ${number} de ${of}: ${cell}, repetição ${repetition}`,
    killing: (transport) => `matando o servidor com ${transport}`,
    endedEarly: 'encerrada antes da hora',
    checked: (scenario, trials, time) => `${scenario}: ok, ${trials}, cerca de ${time}`,
  },
};
