// What differs between the contestants besides the transport.
import type { FairnessTopic, FairnessValue } from '../../../src/bench/result.ts';
import type { InEach } from '../language.ts';

export interface FairnessTexts {
  readonly title: string;
  readonly topics: Readonly<Record<FairnessTopic, string>>;
  readonly words: Readonly<Record<Exclude<FairnessValue['kind'], 'name' | 'number' | 'span' | 'bytes-asked'>, string>>;
  bytesAsked(bytes: string): string;
}

export const FAIRNESS_TEXTS: InEach<FairnessTexts> = {
  en: {
    title: 'What else differs',
    topics: {
      transport: 'transport',
      nagle: "Nagle's algorithm",
      batching: 'batching of sends',
      'congestion-control': 'congestion control',
      'send-buffer': 'send buffer',
      'receive-buffer': 'receive buffer',
      'framing-bytes': 'framing bytes a message',
      'keep-alive-ms': 'keep-alive after, ms',
      'set-up-p50': 'set-up p50, ms',
      'cpu-server': 'server CPU, µs a message',
      'cpu-workers': 'workers CPU, µs a message',
      'timer-error-p99': 'timer error p99, ms',
    },
    words: {
      on: 'on',
      off: 'off',
      none: 'has none',
      unknown: 'not known',
      'datagram-a-message': 'one datagram a message',
      'write-a-message': 'one write a message',
      'write-a-turn': 'one write a turn of the event loop',
    },
    bytesAsked: (bytes) => `${bytes} asked`,
  },
  'pt-BR': {
    title: 'O que mais difere',
    topics: {
      transport: 'transporte',
      nagle: 'algoritmo de Nagle',
      batching: 'agrupamento de envios',
      'congestion-control': 'controle de congestionamento',
      'send-buffer': 'buffer de envio',
      'receive-buffer': 'buffer de recepção',
      'framing-bytes': 'bytes de enquadramento por mensagem',
      'keep-alive-ms': 'keep-alive depois de, ms',
      'set-up-p50': 'estabelecimento p50, ms',
      'cpu-server': 'CPU do servidor, µs por mensagem',
      'cpu-workers': 'CPU dos workers, µs por mensagem',
      'timer-error-p99': 'erro do temporizador p99, ms',
    },
    words: {
      on: 'ligado',
      off: 'desligado',
      none: 'não tem',
      unknown: 'desconhecido',
      'datagram-a-message': 'um datagrama por mensagem',
      'write-a-message': 'uma escrita por mensagem',
      'write-a-turn': 'uma escrita por volta do laço de eventos',
    },
    bytesAsked: (bytes) => `${bytes} pedidos`,
  },
};
