// What stands at pictures: titles, axes, what they show, and what a reader who does not see them is told.
import type { InEach } from '../language.ts';

export interface PictureTexts {
  readonly staircase: string;
  readonly staircaseHow: string;
  readonly time: string;
  readonly messageOfTheFlow: string;
  staircaseTold(name: string, messages: string, lost: string, wait: string): string;
  readonly stepPlanned: string;
  readonly stepGiven: string;
  readonly stepWaited: string;
  readonly stepLost: string;
  readonly stepNumber: string;
  readonly percentiles: string;
  readonly percentilesHow: string;
  readonly percentileAxis: string;
  readonly delayAxis: string;
  percentilesTold(name: string, reached: readonly string[], lost: string): string;
  reached(share: string, ms: string): string;
  unreached(share: string): string;
  readonly deadlines: string;
  readonly deadlinesHow: string;
  readonly deadlineAxis: string;
  readonly inTime: string;
  deadlinesTold(name: string, reached: readonly string[]): string;
  within(share: string, ms: string): string;
  readonly timeline: string;
  readonly timelineHow: string;
  readonly plannedAxis: string;
  timelineTold(name: string, median: string, most: string, lost: string): string;
  slot(least: string, median: string, most: string): string;
  lostInSlot(lost: string, sent: string): string;
  readonly pairs: string;
  readonly pairsHow: string;
  delayOver(name: string): string;
  readonly never: string;
  pairsTitle(other: string, baseline: string, place: string): string;
  pairField(pairs: string, baseline: string, baselineMs: string, other: string, otherMs: string): string;
  pairsTold(all: string, other: string, earlier: string, baseline: string, alone: string): string;
  readonly ledger: string;
  readonly ledgerHow: string;
  readonly shareOfSent: string;
  ledgerTold(cell: string, delivered: string, rest: string): string;
  readonly wire: string;
  readonly wireHow: string;
  readonly bytesPerByte: string;
  readonly patterns: string;
  readonly patternsHow: string;
  readonly order: string;
  readonly placesAway: string;
  readonly shareAxis: string;
  readonly lossRuns: string;
  readonly runLength: string;
  readonly runsPerRepetition: string;
  runs(runs: string, length: string): string;
  readonly variation: string;
  readonly neighboursAxis: string;
  readonly blocking: string;
  readonly waitAxis: string;
  moreThan(share: string, ms: string): string;
  displaced(share: string, places: string): string;
  readonly duplicates: string;
  readonly setUp: string;
  setUpTold(name: string, least: string, median: string, most: string): string;
  readonly setUpAxis: string;
  readonly sweeps: string;
  readonly sweepsHow: string;
  readonly model: string;
  sweepTold(name: string, figures: string): string;
  badMoment(direction: 'up' | 'down'): string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly whole: string;
  readonly copy: string;
  readonly copied: string;
  sortBy(column: string): string;
  readonly highlight: string;
  readonly keys: string;
}

export const PICTURE_TEXTS: InEach<PictureTexts> = {
  en: {
    staircase: 'What came when?',
    staircaseHow:
      'Some messages of one flow in one repetition, the same ones for all, where the channel was at its worst. A dot is a message that the application was given. A line is a message that waited, whole, for another one: at its receiver’s host if it leads to the dot, at the server’s before. A cross is a message that never came. The thin grey line is the plan; where the ground is red the channel lost what crossed it.',
    time: 'time, ms →',
    messageOfTheFlow: '↑ message of the flow',
    staircaseTold: (name, messages, lost, wait) =>
      `${name}: of ${messages}, ${lost} lost; the longest wait at the receiver’s host was ${wait} ms.`,
    stepPlanned: 'planned',
    stepGiven: 'given',
    stepWaited: 'waited at the host',
    stepLost: 'never came',
    stepNumber: 'message',
    percentiles: 'How long did they take?',
    percentilesHow:
      'Delay from the planned instant, over all messages sent. A lost one is infinitely late: a line that leaves at the top has lost the rest. Both axes are stretched, so that the slowest hundredth has as much room as the fastest nine tenths.',
    percentileAxis: 'percentile of all sent →',
    delayAxis: '↑ delay, ms',
    percentilesTold: (name, reached, lost) => `${name}: ${[...reached, `${lost} lost`].join(', ')}.`,
    reached: (share, ms) => `${share} within ${ms}`,
    unreached: (share) => `${share} not reached`,
    deadlines: 'What was there in time?',
    deadlinesHow: 'The share of all messages sent that had come within so many milliseconds.',
    deadlineAxis: 'deadline, ms →',
    inTime: '↑ there in time',
    deadlinesTold: (name, reached) => `${name}: ${reached.join(', ')}.`,
    within: (share, ms) => `${share} within ${ms} ms`,
    timeline: 'How did the delay change?',
    timelineHow:
      'One repetition from its beginning to its end, by the planned instant: the line is the median of each slot of time, the band reaches from the least to the most. Marks at the top are slots in which messages were lost. Where the ground is red the channel lost what crossed it.',
    plannedAxis: 'planned instant, s →',
    timelineTold: (name, median, most, lost) =>
      `${name}: medians up to ${median} ms, the slowest message ${most} ms, ${lost} of this repetition lost.`,
    slot: (least, median, most) => `median ${median} ms (${least} to ${most})`,
    lostInSlot: (lost, sent) => `${lost} of ${sent} lost`,
    pairs: 'Message for message',
    pairsHow:
      'Every message that was sent over both, at its two delays: below the diagonal the other was earlier, above it the baseline. The size of a dot says how many messages it stands for. At the edges is what one of them never delivered.',
    delayOver: (name) => `delay over ${name}, ms`,
    never: 'never',
    pairsTitle: (other, baseline, place) => `${other} against ${baseline}, ${place}`,
    pairField: (pairs, baseline, baselineMs, other, otherMs) =>
      `${pairs}: ${baseline} ${baselineMs}, ${other} ${otherMs}`,
    pairsTold: (all, other, earlier, baseline, alone) =>
      `Of ${all}, ${other} came earlier for ${earlier}; ${baseline} alone delivered ${alone}.`,
    ledger: 'Where did every message go?',
    ledgerHow: 'Each message has one end, and all of them together are what was sent.',
    shareOfSent: 'share of all sent →',
    ledgerTold: (cell, delivered, rest) => `${cell}: ${delivered} delivered${rest}.`,
    wire: 'What crossed the wire?',
    wireHow:
      'Bytes on the link, both directions and with their headers, for one byte of payload delivered. Every message crosses twice, up to the server and down to its receiver, so 2 would be without any cost.',
    bytesPerByte: 'bytes on the wire per byte delivered →',
    patterns: 'How was it disturbed?',
    patternsHow: 'Only what there was: order, losses in a row, change of delay, waiting in line, set-up.',
    order: 'Out of place',
    placesAway: 'places late (early: to the left) →',
    shareAxis: '↑ share of messages',
    lossRuns: 'Losses in a row',
    runLength: 'messages lost in a row →',
    runsPerRepetition: '↑ runs in a repetition',
    runs: (runs, length) => `${runs} runs of ${length}`,
    variation: 'From one message to the next',
    neighboursAxis: 'change of delay, ms →',
    blocking: 'Waiting behind a gap',
    waitAxis: 'waited more than, ms →',
    moreThan: (share, ms) => `${share} more than ${ms} ms`,
    displaced: (share, places) => `${share} by ${places}`,
    duplicates: 'Delivered more than once',
    setUp: 'Set-up',
    setUpTold: (name, least, median, most) => `${name}: from ${least} to ${most} ms, median ${median} ms.`,
    setUpAxis: 'time to the welcome, ms →',
    sweeps: 'What does it depend on?',
    sweepsHow:
      'Each figure along the sweep, with its interval of 95 %. A mark at the top edge: not reached, because more than that share was lost.',
    model: 'model',
    sweepTold: (name, figures) => `${name}: ${figures}.`,
    badMoment: (direction) => (direction === 'up' ? 'lost on the way up' : 'lost on the way down'),
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    whole: 'Whole',
    copy: 'Copy',
    copied: 'Copied',
    sortBy: (column) => `Sort by ${column}`,
    highlight: 'Highlight',
    keys: 'Arrow keys go from point to point.',
  },
  'pt-BR': {
    staircase: 'O que chegou quando?',
    staircaseHow:
      'Algumas mensagens de um fluxo em uma repetição, as mesmas para todos, onde o canal esteve pior. Um ponto é uma mensagem entregue à aplicação. Uma linha é uma mensagem que esperou, inteira, por outra: no host do destinatário se leva ao ponto, no do servidor se vem antes. Uma cruz é uma mensagem que nunca chegou. A linha fina cinza é o plano; onde o fundo é vermelho, o canal perdeu o que o atravessava.',
    time: 'tempo, ms →',
    messageOfTheFlow: '↑ mensagem do fluxo',
    staircaseTold: (name, messages, lost, wait) =>
      `${name}: de ${messages}, ${lost} perdidas; a maior espera no host do destinatário foi de ${wait} ms.`,
    stepPlanned: 'planejada',
    stepGiven: 'entregue',
    stepWaited: 'esperou no host',
    stepLost: 'nunca chegou',
    stepNumber: 'mensagem',
    percentiles: 'Quanto demoraram?',
    percentilesHow:
      'Atraso desde o instante planejado, sobre todas as mensagens enviadas. Uma perdida é infinitamente atrasada: uma linha que sai por cima perdeu o resto. Os dois eixos são esticados, para que o centésimo mais lento tenha tanto espaço quanto os nove décimos mais rápidos.',
    percentileAxis: 'percentil de todas as enviadas →',
    delayAxis: '↑ atraso, ms',
    percentilesTold: (name, reached, lost) => `${name}: ${[...reached, `${lost} perdidas`].join(', ')}.`,
    reached: (share, ms) => `${share} em ${ms}`,
    unreached: (share) => `${share} não atingido`,
    deadlines: 'O que chegou a tempo?',
    deadlinesHow: 'A fração de todas as mensagens enviadas que já tinha chegado em tantos milissegundos.',
    deadlineAxis: 'prazo, ms →',
    inTime: '↑ chegou a tempo',
    deadlinesTold: (name, reached) => `${name}: ${reached.join(', ')}.`,
    within: (share, ms) => `${share} em ${ms} ms`,
    timeline: 'Como o atraso mudou?',
    timelineHow:
      'Uma repetição do começo ao fim, pelo instante planejado: a linha é a mediana de cada intervalo de tempo, a faixa vai do mínimo ao máximo. Marcas no alto são intervalos em que mensagens se perderam. Onde o fundo é vermelho, o canal perdeu o que o atravessava.',
    plannedAxis: 'instante planejado, s →',
    timelineTold: (name, median, most, lost) =>
      `${name}: medianas de até ${median} ms, a mensagem mais lenta ${most} ms, ${lost} desta repetição perdidas.`,
    slot: (least, median, most) => `mediana ${median} ms (${least} a ${most})`,
    lostInSlot: (lost, sent) => `${lost} de ${sent} perdidas`,
    pairs: 'Mensagem por mensagem',
    pairsHow:
      'Cada mensagem enviada pelos dois, em seus dois atrasos: abaixo da diagonal o outro chegou antes, acima dela a referência. O tamanho de um ponto diz quantas mensagens ele representa. Nas bordas está o que um deles nunca entregou.',
    delayOver: (name) => `atraso com ${name}, ms`,
    never: 'nunca',
    pairsTitle: (other, baseline, place) => `${other} contra ${baseline}, ${place}`,
    pairField: (pairs, baseline, baselineMs, other, otherMs) =>
      `${pairs}: ${baseline} ${baselineMs}, ${other} ${otherMs}`,
    pairsTold: (all, other, earlier, baseline, alone) =>
      `De ${all}, ${other} chegou antes em ${earlier}; só ${baseline} entregou ${alone}.`,
    ledger: 'Para onde foi cada mensagem?',
    ledgerHow: 'Cada mensagem tem um fim, e todas juntas são o que foi enviado.',
    shareOfSent: 'fração de todas as enviadas →',
    ledgerTold: (cell, delivered, rest) => `${cell}: ${delivered} entregues${rest}.`,
    wire: 'O que passou pelo fio?',
    wireHow:
      'Bytes no enlace, nos dois sentidos e com seus cabeçalhos, para um byte de carga útil entregue. Cada mensagem atravessa duas vezes, subindo ao servidor e descendo ao destinatário: 2 seria sem custo algum.',
    bytesPerByte: 'bytes no fio por byte entregue →',
    patterns: 'Como foi perturbado?',
    patternsHow: 'Só o que houve: ordem, perdas em sequência, mudança do atraso, espera na fila, estabelecimento.',
    order: 'Fora do lugar',
    placesAway: 'posições de atraso (à esquerda: adiantada) →',
    shareAxis: '↑ fração das mensagens',
    lossRuns: 'Perdas em sequência',
    runLength: 'mensagens perdidas em sequência →',
    runsPerRepetition: '↑ sequências em uma repetição',
    runs: (runs, length) => `${runs} sequências de ${length}`,
    variation: 'De uma mensagem à seguinte',
    neighboursAxis: 'mudança do atraso, ms →',
    blocking: 'Espera atrás de uma lacuna',
    waitAxis: 'esperou mais de, ms →',
    moreThan: (share, ms) => `${share} mais de ${ms} ms`,
    displaced: (share, places) => `${share} por ${places}`,
    duplicates: 'Entregue mais de uma vez',
    setUp: 'Estabelecimento',
    setUpTold: (name, least, median, most) => `${name}: de ${least} a ${most} ms, mediana ${median} ms.`,
    setUpAxis: 'tempo até as boas-vindas, ms →',
    sweeps: 'Do que depende?',
    sweepsHow:
      'Cada medida ao longo da varredura, com seu intervalo de 95 %. Uma marca na borda de cima: não atingido, porque mais do que essa fração se perdeu.',
    model: 'modelo',
    sweepTold: (name, figures) => `${name}: ${figures}.`,
    badMoment: (direction) => (direction === 'up' ? 'perdido na subida' : 'perdido na descida'),
    zoomIn: 'Ampliar',
    zoomOut: 'Reduzir',
    whole: 'Inteiro',
    copy: 'Copiar',
    copied: 'Copiado',
    sortBy: (column) => `Ordenar por ${column}`,
    highlight: 'Destacar',
    keys: 'As setas vão de ponto em ponto.',
  },
};
