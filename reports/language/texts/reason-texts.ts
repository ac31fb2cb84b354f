// Why something is not there, or is to be doubted: warnings, missing intervals, cells that can't be measured, runs that
// are not whole.
import type { Countable, Ending, LabProcess, NoInterval, Obstacle, Warning } from '../../../src/bench/result.ts';
import type { InEach } from '../language.ts';

/** What a reason says beside its kind, with its numbers and cells as they are told. */
type Told<Reason extends { kind: string }, Kind, Extra> = Omit<Extract<Reason, { kind: Kind }>, keyof Extra> & Extra;

interface Cell {
  readonly cell: string;
}

export interface ReasonTexts {
  readonly warning: string;
  readonly incomplete: string;
  readonly unexplained: (of: Cell & { readonly messages: string }) => string;
  readonly lostByTheMachine: (of: Cell & { readonly packets: string }) => string;
  readonly countsDisagree: (of: Cell & { readonly what: string; readonly off: string }) => string;
  readonly lateLink: (ms: string) => string;
  readonly stoodStill: (of: Cell & { readonly process: string; readonly ms: string }) => string;
  readonly processes: Readonly<Record<LabProcess, string>>;
  readonly withinTimerError: (
    of: Told<Warning, 'within-timer-error', { place: string; metrics: string; timerErrorMs: string }>,
  ) => string;
  readonly countables: Readonly<Record<Countable, string>>;
  readonly hosts: { readonly server: string; readonly clients: string };
  countedBy(what: string, host: string): string;
  readonly noInterval: Readonly<Record<Exclude<NoInterval['kind'], 'too-few-repetitions'>, string>>;
  tooFew(repetitions: string, percent: string, least: string): string;
  readonly noReason: string;
  readonly obstacles: {
    readonly [Kind in Obstacle['kind']]: (obstacle: {
      asked: string;
      known: string;
      backend: string;
      transport: string;
    }) => string;
  };
  readonly endings: {
    readonly [Kind in Ending['kind']]: (
      ending: Readonly<Record<'ended' | 'planned' | 'failed' | 'trial' | 'backend' | 'transport' | 'said', string>>,
    ) => string;
  };
  backendWhy(said: string): string;
  repetitionFailed(number: string, said: string): string;
  repetitionsFailed(repetitions: string, first: string): string;
  oneFailed(number: string): string;
  failed(which: string, cell: string, said: string): string;
  cell(transport: string, place: string): string;
  at(link: string, point: string): string;
}

export const REASON_TEXTS: InEach<ReasonTexts> = {
  en: {
    warning: 'Warning',
    incomplete: 'Incomplete',
    unexplained: ({ cell, messages }) => `${messages} of ${cell} are lost without an explanation`,
    lostByTheMachine: ({ cell, packets }) => `the machine itself lost ${packets} of ${cell}, and no link was meant to`,
    countsDisagree: ({ cell, what, off }) => `${cell}: the hosts and the path differ by ${off} in ${what}`,
    stoodStill: ({ cell, process, ms }) =>
      `${cell}: ${process} stood still for ${ms} ms while it was measured, and its figures tell of that, too: measure it again`,
    processes: {
      controller: 'the controller, or what it waited for,',
      server: 'the server',
      worker: 'a worker',
      link: 'the link',
    },
    lateLink: (ms) => `the link itself was up to ${ms} ms late for 1 % of the packets`,
    withinTimerError: ({ other, baseline, place, metrics, timerErrorMs }) =>
      `${other} against ${baseline} over ${place}: the difference in ${metrics} is smaller than the lab's own lateness (timer error p99 ${timerErrorMs} ms), and may be of its making`,
    countables: {
      'segments-sent-again': 'segments sent again',
      'segments-sent': 'segments sent',
      'segments-received': 'segments received',
      'datagrams-sent-whole': 'datagrams sent whole',
      'fragments-sent': 'fragments sent',
      'datagrams-received': 'datagrams received',
    },
    hosts: { server: 'server', clients: 'clients' },
    countedBy: (what, host) => `${what} by ${host}`,
    noInterval: {
      'under-way': 'the run has not come to its end',
      total: 'a total grows with the number of repetitions',
      extreme: 'the bootstrap knows no interval of an extreme',
      'neither-reached': 'neither side is reached, and two infinite values have no difference',
    },
    tooFew: (repetitions, percent, least) =>
      `${repetitions} can't support a ${percent} interval; the least is ${least}`,
    noReason: 'no interval',
    obstacles: {
      'loopback-impairs-nothing': ({ asked }) => `loopback has nothing between the hosts to impair (asked: ${asked})`,
      'relay-cannot-touch-segments': ({ asked }) =>
        `the relay stands above the kernel: a TCP stream can't lose, reorder or duplicate segments there (asked: ${asked})`,
      'server-elsewhere': ({ asked }) => `the way to a server elsewhere is what it is (asked: ${asked})`,
      'no-hosts-to-set': ({ asked, backend }) => `${backend} has no hosts of its own to set (asked: ${asked})`,
      'relay-knows-not': ({ transport }) => `the relay knows tcp and udp, not ${transport}`,
      'relay-carries-one': () => 'the relay carries one transport at a time, and none beside it',
      'no-congestion-control': ({ asked, known }) =>
        `this kernel has no congestion control "${asked}" (it has: ${known}); modprobe tcp_${asked} may bring it`,
    },
    endings: {
      'under-way': ({ ended, planned }) =>
        `after ${ended} of ${planned} trials it is still under way, or was ended from outside`,
      stopped: ({ ended, planned }) => `stopped after ${ended} of ${planned} trials`,
      'trials-failed': ({ failed, planned }) => `${failed} of ${planned} trials failed`,
      'link-ended': ({ backend, trial, planned }) =>
        `the ${backend} link ended in trial ${trial} of ${planned}, and nothing was tried after that`,
      'end-not-seen': ({ transport, said }) => `the end of the server under ${transport} was not seen: ${said}`,
      'not-written': ({ said }) => `no more could be written (${said})`,
    },
    backendWhy: (said) => `The packet emulator does not work here, so the relay carries this run: ${said}`,
    repetitionFailed: (number, said) => `repetition ${number}, failed: ${said}`,
    repetitionsFailed: (repetitions, first) => `${repetitions} (first: ${first})`,
    oneFailed: (number) => `Repetition ${number}`,
    failed: (which, cell, said) => `${which} of ${cell} failed: ${said}`,
    cell: (transport, place) => `${transport} over ${place}`,
    at: (link, point) => `${link} at ${point}`,
  },
  'pt-BR': {
    warning: 'Atenção',
    incomplete: 'Incompleta',
    unexplained: ({ cell, messages }) => `${messages} de ${cell} se perderam sem explicação`,
    lostByTheMachine: ({ cell, packets }) =>
      `a própria máquina perdeu ${packets} de ${cell}, e nenhum enlace deveria perdê-los`,
    countsDisagree: ({ cell, what, off }) => `${cell}: os hosts e o caminho diferem em ${off} na contagem de ${what}`,
    stoodStill: ({ cell, process, ms }) =>
      `${cell}: ${process} ficou parado por ${ms} ms durante a medição, e os números falam disso também: meça de novo`,
    processes: {
      controller: 'o controlador, ou aquilo que ele esperava,',
      server: 'o servidor',
      worker: 'um trabalhador',
      link: 'o enlace',
    },
    lateLink: (ms) => `o próprio enlace atrasou-se até ${ms} ms em 1 % dos pacotes`,
    withinTimerError: ({ other, baseline, place, metrics, timerErrorMs }) =>
      `${other} contra ${baseline} em ${place}: a diferença em ${metrics} é menor que o atraso do próprio laboratório (erro do temporizador p99 ${timerErrorMs} ms) e pode ser obra dele`,
    countables: {
      'segments-sent-again': 'segmentos enviados de novo',
      'segments-sent': 'segmentos enviados',
      'segments-received': 'segmentos recebidos',
      'datagrams-sent-whole': 'datagramas enviados inteiros',
      'fragments-sent': 'fragmentos enviados',
      'datagrams-received': 'datagramas recebidos',
    },
    hosts: { server: 'servidor', clients: 'clientes' },
    countedBy: (what, host) => `${what}, host ${host}`,
    noInterval: {
      'under-way': 'a execução não chegou ao fim',
      total: 'um total cresce com o número de repetições',
      extreme: 'o bootstrap não conhece intervalo de um extremo',
      'neither-reached': 'nenhum dos lados é atingido, e dois valores infinitos não têm diferença',
    },
    tooFew: (repetitions, percent, least) =>
      `${repetitions} não sustentam um intervalo de ${percent}; o mínimo é ${least}`,
    noReason: 'sem intervalo',
    obstacles: {
      'loopback-impairs-nothing': ({ asked }) =>
        `o loopback não tem nada entre os hosts que se possa piorar (pedido: ${asked})`,
      'relay-cannot-touch-segments': ({ asked }) =>
        `o relay fica acima do kernel: um stream TCP não pode perder, reordenar nem duplicar segmentos ali (pedido: ${asked})`,
      'server-elsewhere': ({ asked }) => `o caminho até um servidor em outro lugar é o que é (pedido: ${asked})`,
      'no-hosts-to-set': ({ asked, backend }) => `${backend} não tem hosts próprios para configurar (pedido: ${asked})`,
      'relay-knows-not': ({ transport }) => `o relay conhece tcp e udp, não ${transport}`,
      'relay-carries-one': () => 'o relay leva um transporte por vez, e nenhum ao lado dele',
      'no-congestion-control': ({ asked, known }) =>
        `este kernel não tem o controle de congestionamento "${asked}" (tem: ${known}); modprobe tcp_${asked} pode trazê-lo`,
    },
    endings: {
      'under-way': ({ ended, planned }) =>
        `depois de ${ended} de ${planned} ensaios, ainda está em andamento ou foi encerrada de fora`,
      stopped: ({ ended, planned }) => `interrompida depois de ${ended} de ${planned} ensaios`,
      'trials-failed': ({ failed, planned }) => `${failed} de ${planned} ensaios falharam`,
      'link-ended': ({ backend, trial, planned }) =>
        `o enlace ${backend} acabou no ensaio ${trial} de ${planned}, e nada mais foi tentado depois disso`,
      'end-not-seen': ({ transport, said }) => `o fim do servidor com ${transport} não foi visto: ${said}`,
      'not-written': ({ said }) => `não foi possível gravar mais (${said})`,
    },
    backendWhy: (said) => `O emulador de pacotes não funciona aqui, por isso o relay leva esta execução: ${said}`,
    repetitionFailed: (number, said) => `repetição ${number}, falhou: ${said}`,
    repetitionsFailed: (repetitions, first) => `${repetitions} (a primeira: ${first})`,
    oneFailed: (number) => `A repetição ${number}`,
    failed: (which, cell, said) => `${which} de ${cell}: falha: ${said}`,
    cell: (transport, place) => `${transport} em ${place}`,
    at: (link, point) => `${link} (${point})`,
  },
};
