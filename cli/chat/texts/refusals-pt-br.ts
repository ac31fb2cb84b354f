import type { FarewellCode, RefusalCode } from '../../../src/core/refusal.ts';
import type { FaultTexts } from '../describe-end.ts';

export const REFUSALS_PT_BR: Readonly<Record<RefusalCode, (about: string) => string>> = {
  'unknown-recipient': (about) =>
    about === '*' ? 'Não há mais ninguém aqui.' : `Não há usuário "${about}" aqui agora.`,
  'recipient-too-slow': (about) => `"${about}" lê mais devagar do que as mensagens chegam, e a fila está cheia.`,
  'name-taken': (about) => `O nome "${about}" já tem dono. Peça outro.`,
  'name-illegal': (about) => `O nome "${about}" não é permitido.`,
  'name-reserved': (about) => `O nome "${about}" só o servidor pode dar. Peça outro.`,
  'server-full': (about) => `O servidor está cheio: o limite é de ${about} usuários. Tente mais tarde.`,
  'not-joined': () => 'Um cliente precisa entrar antes de enviar qualquer coisa.',
  'already-joined': (about) => `Este cliente já entrou, como "${about}".`,
  'body-too-long': () => 'A mensagem é longa demais. Encurte-a.',
  'invalid-text': () => 'A mensagem não é um texto UTF-8 correto.',
  malformed: (about) => `O servidor não pôde ler um quadro: ${about}.`,
  'wrong-version': (about) => `O servidor só fala a versão ${about} do protocolo.`,
  'secret-wrong': () => 'O segredo não é o deste servidor. Confira o arquivo dado com --secret-file.',
  'too-fast': (about) => `Você pede mais de ${about} entregas por segundo. Esta não foi aceita: espere um momento.`,
  'joins-too-fast': (about) =>
    `Mais de ${about} usuários por segundo pedem para entrar, do seu endereço ou ao todo. Tente daqui a pouco.`,
  'too-many-here': (about) => `Já há ${about} usuários aqui do seu endereço, e esse é o limite.`,
};

export const FAREWELLS_PT_BR: Readonly<Record<FarewellCode, (about: string) => string>> = {
  shutdown: (about) => (about === '' ? 'O servidor está fechando.' : `O servidor está fechando: ${about}.`),
  'too-slow': (about) => `Você lê mais devagar do que chega: mais de ${about} bytes esperavam.`,
  'join-deadline': (about) => `Você não entrou em ${about} ms.`,
  silent: (about) => `Nada se ouviu de você por ${about} ms.`,
  violation: (about) => `Você quebrou o protocolo: ${about}.`,
  refused: () => 'Você foi recusado.',
  'too-fast': (about) => `Você pedia mais de ${about} entregas por segundo, e não parou quando foram recusadas.`,
};

export const FAULTS_PT_BR: FaultTexts = {
  silent: (seconds) => `Nada se ouve do servidor há ${seconds} s.`,
  lost: (why) => `O servidor se foi: ${why}.`,
  violation: (why) => `O servidor quebrou o protocolo: ${why}.`,
  wordless: 'O servidor encerrou o bate-papo sem uma palavra.',
};

/** Why nobody could be reached, by the system's names for it, or by the lab's. */
export const FAILURES_PT_BR: Readonly<Record<string, ((about: string) => string) | undefined>> = {
  ECONNREFUSED: () => 'Ninguém escuta nesse endereço.',
  ETIMEDOUT: () => 'Ninguém respondeu a tempo.',
  EHOSTUNREACH: () => 'Nenhum caminho leva até lá.',
  ENETUNREACH: () => 'Nenhum caminho leva até lá.',
  ECONNRESET: () => 'A conexão foi interrompida.',
  closed: () => 'O servidor encerrou a conexão antes de responder.',
  'secret-needed': () => 'O servidor só deixa entrar quem conhece o segredo. Peça o arquivo e dê-o com --secret-file.',
  'secret-unasked': () => 'O servidor não pede segredo a ninguém: talvez não seja o que você pensa.',
  'server-unproved': () => 'O servidor não conhece o segredo: não é o que você pensa.',
};
