// How a run was done and on what.
import type { InEach } from '../language.ts';

export interface MethodTexts {
  readonly title: string;
  readonly environment: string;
  readonly carrier: string;
  whyThatOne(said: string): string;
  readonly allDefaults: string;
  contestant(name: string, transport: string, own: string): string;
  nagle(isOn: boolean): string;
  batching(isOn: boolean): string;
  receiveBuffer(bytes: string): string;
  atPoint(point: string): string;
  link(name: string): string;
  load(words: string): string;
  readonly twice: string;
  chance(mode: string, slot: string | undefined): string;
  repetitions(asked: string): string;
  readonly delay: string;
  lost(waiting: string): string;
  readonly intervals: string;
  mtu(bytes: string): string;
  seed(seed: number): string;
  readonly modes: Readonly<Record<string, string>>;
  readonly patterns: Readonly<Record<string, string>>;
  readonly arrivals: Readonly<Record<string, (size: string) => string>>;
  openLoop(arrivals: string, rate: string, duration: string): string;
  closedLoop(arrivals: string, duration: string): string;
  bodies(sizes: string): string;
  sizesFromTo(from: string, to: string): string;
  readonly chatSizes: string;
  beside(window: string, bytes: string): string;
  started(at: string, took: string): string;
}

export const METHOD_TEXTS: InEach<MethodTexts> = {
  en: {
    title: 'Method',
    environment: 'Environment',
    carrier: 'Carrier between the hosts:',
    whyThatOne: (said) => `Why that one: ${said}`,
    allDefaults: 'all defaults',
    contestant: (name, transport, own) => `${name}: ${transport}, ${own}.`,
    nagle: (isOn) => `Nagle ${isOn ? 'on' : 'off'}`,
    batching: (isOn) => `batching ${isOn ? 'on' : 'off'}`,
    receiveBuffer: (bytes) => `receive buffer ${bytes} asked`,
    atPoint: (point) => `At ${point}:`,
    link: (name) => `Link ${name}:`,
    load: (words) => `Load: ${words}`,
    twice: 'The users are on one host and the server on the other: every message crosses the link twice, up and down.',
    chance: (mode, slot) =>
      `Chance: per ${mode}${slot === undefined ? '' : `, in slots of ${slot} ms: every transport crosses the same channel`}.`,
    repetitions: (asked) => `${asked} asked for, interleaved in random order.`,
    delay:
      'Delay counts from the planned instant to the arrival of the first whole copy. Percentiles are taken over all messages sent, so a lost one counts as infinitely late; "not reached" means that more than that share was lost.',
    lost: (waiting) => `A message is lost when it has not come ${waiting} after its planned instant.`,
    intervals:
      'Intervals: 95 %, by the bootstrap over repetitions; of shares of messages, by Wilson. Six repetitions are the least.',
    mtu: (bytes) => `The largest packet: ${bytes}.`,
    seed: (seed) => `Seed ${seed}. To repeat:`,
    modes: { time: 'time', packet: 'packet' },
    patterns: {},
    arrivals: {
      constant: () => 'constant',
      poisson: () => 'poisson',
      bursts: (size) => `bursts of ${size}`,
      incast: (size) => `bursts of ${size}, from all senders at once`,
      'ping-pong': () => 'ping-pong',
      window: (size) => `window of ${size}`,
    },
    openLoop: (arrivals, rate, duration) =>
      `${arrivals} arrivals (an open loop), ${rate} messages/s in all for ${duration}`,
    closedLoop: (arrivals, duration) => `${arrivals} (a closed loop) for ${duration}`,
    bodies: (sizes) => `bodies of ${sizes}`,
    sizesFromTo: (from, to) => `${from} to ${to}`,
    chatSizes: 'chat-like sizes (log-normal, median 60 bytes)',
    beside: (window, bytes) => `beside it ${window} of ${bytes} on their way over TCP`,
    started: (at, took) => `Started ${at}, took ${took}`,
  },
  'pt-BR': {
    title: 'Método',
    environment: 'Ambiente',
    carrier: 'O que leva os pacotes entre os hosts:',
    whyThatOne: (said) => `Por que esse: ${said}`,
    allDefaults: 'tudo como padrão',
    contestant: (name, transport, own) => `${name}: ${transport}, ${own}.`,
    nagle: (isOn) => `Nagle ${isOn ? 'ligado' : 'desligado'}`,
    batching: (isOn) => `agrupamento de envios ${isOn ? 'ligado' : 'desligado'}`,
    receiveBuffer: (bytes) => `buffer de recepção pedido: ${bytes}`,
    atPoint: (point) => `Em ${point}:`,
    link: (name) => `Enlace ${name}:`,
    load: (words) => `Carga: ${words}`,
    twice:
      'Os usuários ficam em um host e o servidor no outro: cada mensagem atravessa o enlace duas vezes, na subida e na descida.',
    chance: (mode, slot) =>
      `Acaso: por ${mode}${slot === undefined ? '' : `, em intervalos de ${slot} ms: todos os transportes atravessam o mesmo canal`}.`,
    repetitions: (asked) => `${asked} pedidas, intercaladas em ordem aleatória.`,
    delay:
      'O atraso conta do instante planejado até a chegada da primeira cópia inteira. Os percentis são sobre todas as mensagens enviadas: uma perdida conta como infinitamente atrasada; "não atingido" quer dizer que mais do que essa fração se perdeu.',
    lost: (waiting) => `Uma mensagem está perdida quando não chegou ${waiting} depois do seu instante planejado.`,
    intervals:
      'Intervalos: 95 %, por bootstrap sobre as repetições; de frações de mensagens, por Wilson. Seis repetições são o mínimo.',
    mtu: (bytes) => `O maior pacote: ${bytes}.`,
    seed: (seed) => `Semente ${seed}. Para repetir:`,
    modes: { time: 'tempo', packet: 'pacote' },
    patterns: {
      pairs: 'pares',
      ring: 'anel',
      'fan-in': 'muitos para um (fan-in)',
      'fan-out': 'um para muitos (fan-out)',
      'all-to-all': 'todos para todos',
    },
    arrivals: {
      constant: () => 'constantes',
      poisson: () => 'de Poisson',
      bursts: (size) => `em rajadas de ${size}`,
      incast: (size) => `em rajadas de ${size}, de todos os remetentes ao mesmo tempo`,
      'ping-pong': () => 'pingue-pongue',
      window: (size) => `janela de ${size}`,
    },
    openLoop: (arrivals, rate, duration) =>
      `chegadas ${arrivals} (malha aberta), ${rate} mensagens/s ao todo durante ${duration}`,
    closedLoop: (arrivals, duration) => `${arrivals} (malha fechada) durante ${duration}`,
    bodies: (sizes) => `corpos de ${sizes}`,
    sizesFromTo: (from, to) => `${from} a ${to}`,
    chatSizes: 'tamanhos como os de um bate-papo (log-normal, mediana de 60 bytes)',
    beside: (window, bytes) => `ao lado, ${window} de ${bytes} a caminho por TCP`,
    started: (at, took) => `Início em ${at}, durou ${took}`,
  },
};
