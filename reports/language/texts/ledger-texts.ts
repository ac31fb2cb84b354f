// Where messages went, and what crossed the wire.
import type { InEach } from '../language.ts';

export interface LedgerTexts {
  readonly counts: string;
  readonly title: string;
  readonly sent: string;
  readonly delivered: string;
  readonly lostByCause: string;
  readonly unexplained: string;
  readonly countedTwice: string;
  readonly byTheHosts: string;
  readonly onThePath: string;
  readonly wire: string;
  readonly wireNote: string;
  readonly bytesPerByte: string;
  readonly link: string;
  readonly linkNote: string;
  readonly packets: string;
  readonly dropped: string;
  readonly duplicated: string;
  readonly corrupted: string;
  readonly reordered: string;
  readonly lateP99: string;
  readonly asked: string;
  /** By their names in run.json; what is not here is called by its name. */
  readonly causes: Readonly<Record<string, string>>;
  readonly drops: Readonly<Record<string, string>>;
  readonly kinds: Readonly<Record<string, string>>;
  up(cause: string): string;
  down(cause: string): string;
  readonly model: string;
  readonly modelNote: string;
  readonly modelColumns: readonly [string, string, string, string, string, string, string];
}

export const LEDGER_TEXTS: InEach<LedgerTexts> = {
  en: {
    counts: 'What was counted',
    title: 'Where every message went',
    sent: 'sent',
    delivered: 'delivered',
    lostByCause: 'lost, by cause',
    unexplained: 'unexplained',
    countedTwice: 'counted twice',
    byTheHosts: 'by the hosts',
    onThePath: 'on the path',
    wire: 'What crossed the wire',
    wireNote:
      'Packets as their host sent them, both directions, from the first message on. Every message crosses twice.',
    bytesPerByte: 'bytes per byte delivered',
    link: 'What the link did',
    linkNote:
      'Counted by the link itself, both directions, over all repetitions. Late: by how much the link itself was late for 99 % of the packets, in the worst repetition.',
    packets: 'packets',
    dropped: 'dropped',
    duplicated: 'duplicated',
    corrupted: 'corrupted',
    reordered: 'reordered',
    lateP99: 'late p99, ms',
    asked: 'asked for',
    causes: {},
    drops: {},
    kinds: {},
    up: (cause) => `up: ${cause}`,
    down: (cause) => `down: ${cause}`,
    model: 'Beside the model',
    modelNote: 'square-root model (Mathis, Semke, Mahdavi, Ott 1997): MSS / RTT · √(3/2) / √p.',
    modelColumns: ['link', 'transport', 'goodput', 'model', 'ratio', 'measured', 'predicted'],
  },
  'pt-BR': {
    counts: 'O que foi contado',
    title: 'Para onde foi cada mensagem',
    sent: 'enviadas',
    delivered: 'entregues',
    lostByCause: 'perdidas, por causa',
    unexplained: 'sem explicação',
    countedTwice: 'contado duas vezes',
    byTheHosts: 'pelos hosts',
    onThePath: 'no caminho',
    wire: 'O que passou pelo fio',
    wireNote:
      'Pacotes como o host os enviou, nos dois sentidos, da primeira mensagem em diante. Cada mensagem atravessa duas vezes.',
    bytesPerByte: 'bytes por byte entregue',
    link: 'O que o enlace fez',
    linkNote:
      'Contado pelo próprio enlace, nos dois sentidos, em todas as repetições. Atraso: em quanto o próprio enlace se atrasou para 99 % dos pacotes, na pior repetição.',
    packets: 'pacotes',
    dropped: 'descartados',
    duplicated: 'duplicados',
    corrupted: 'corrompidos',
    reordered: 'reordenados',
    lateP99: 'atraso p99, ms',
    asked: 'pedido',
    causes: {
      delivered: 'entregue',
      late: 'tarde demais',
      'not taken': 'não aceita pelo transporte',
      'connection ended': 'conexão encerrada',
      'refused by the server': 'recusada pelo servidor',
      unexplained: 'sem explicação',
      'send buffer at clients': 'buffer de envio nos clientes',
      'send buffer at server': 'buffer de envio no servidor',
      'socket buffer at clients': 'buffer do socket nos clientes',
      'socket buffer at server': 'buffer do socket no servidor',
      'no socket at clients': 'sem socket nos clientes',
      'no socket at server': 'sem socket no servidor',
      'reassembly at clients': 'remontagem nos clientes',
      'reassembly at server': 'remontagem no servidor',
      'on the way, unseen': 'no caminho, sem ser vista',
    },
    drops: {
      queue: 'fila',
      loss: 'perda',
      list: 'lista',
      outage: 'interrupção',
      damaged: 'danificado',
      carrier: 'a própria máquina',
      'under way': 'a caminho',
    },
    kinds: {
      'tcp data': 'dados TCP',
      'tcp retransmission': 'retransmissão TCP',
      'tcp ack': 'ACK TCP',
      'tcp syn/fin': 'SYN/FIN TCP',
      'tcp reset': 'RST TCP',
      'udp datagram': 'datagrama UDP',
      fragment: 'fragmento',
      other: 'outro',
    },
    up: (cause) => `subida: ${cause}`,
    down: (cause) => `descida: ${cause}`,
    model: 'Ao lado do modelo',
    modelNote: 'modelo da raiz quadrada (Mathis, Semke, Mahdavi, Ott 1997): MSS / RTT · √(3/2) / √p.',
    modelColumns: ['enlace', 'transporte', 'goodput', 'modelo', 'razão', 'medido', 'previsto'],
  },
};
