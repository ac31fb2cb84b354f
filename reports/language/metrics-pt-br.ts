// The texts of all metrics in Brazilian Portuguese, by their ids. Symbols are those of docs/metrics.md.
export const METRICS_PT_BR = {
  sent: {
    title: 'enviadas',
    formula: 'N: todas as mensagens planejadas, aceitas ou não pelo transporte',
    source: 'nossa',
    reading: 'O total de que a perda e todos os percentis são frações.',
  },
  delivered: {
    title: 'entregues',
    formula: 'L: mensagens das quais chegou uma cópia inteira dentro de T_max',
    source: 'nossa',
    reading: 'Chegaram inteiras e a tempo; cópias contam uma só vez.',
  },
  lost: {
    title: 'perdidas',
    formula: 'N − L',
    source: 'RFC 7680',
    reading: 'Não entregues, ou não dentro de T_max. O que o transporte não aceitou também conta como perdido.',
  },
  loss: {
    title: 'perda',
    formula: '(N − L) / N',
    source: 'RFC 7680; intervalo: Wilson 1927',
    reading:
      'Que parte de todas as mensagens se perdeu. Em um enlace cujo acaso é por tempo, as perdas vêm juntas: o intervalo, que as supõe independentes, fica então estreito demais.',
  },
  'loss-periods': {
    title: 'períodos de perda',
    formula: 'número de sequências de perdas consecutivas em um fluxo / N',
    source: 'RFC 3357 (período de perda, loss period)',
    reading:
      'Que parte de todas as mensagens inicia uma sequência de perdas. Com a mesma perda, menos períodos são períodos mais longos.',
  },
  'loss-period-mean': {
    title: 'período de perda médio',
    formula: 'mensagens perdidas / número de sequências de perdas consecutivas',
    source: 'RFC 3357 (comprimento do período de perda, loss period length)',
    reading: 'Perto de 1: as perdas vêm uma a uma. Perdas independentes com taxa p têm 1 / (1 − p).',
  },
  'loss-period-longest': {
    title: 'período de perda mais longo',
    formula: 'a sequência mais longa de perdas consecutivas em um fluxo',
    source: 'RFC 3357 (comprimento do período de perda, loss period length)',
    reading: 'O trecho sem mensagens que um destinatário precisa conseguir transpor.',
  },
  'loss-distance-mean': {
    title: 'distância média entre perdas',
    formula: 'média, sobre as perdas que têm outra antes em seu fluxo, da diferença entre os números das duas',
    source: 'RFC 3357 (distância entre perdas, loss distance)',
    reading: 'Quão cedo ocorre outra perda; 1: já na mensagem seguinte.',
  },
  'burst-share': {
    title: 'perdas em rajadas',
    formula: 'perdas dentro de rajadas / todas as perdas',
    source: 'RFC 3611, seção 4.7.2; Gmin = 16',
    reading: '0: cada perda está isolada e pode ser ocultada. 1: todas vêm juntas.',
  },
  'burst-density': {
    title: 'densidade da rajada',
    formula: 'perdas dentro de rajadas / mensagens enviadas dentro de rajadas',
    source: 'RFC 3611, seção 4.7.2; Gmin = 16',
    reading:
      'Quão ruim fica enquanto está ruim. Sempre acima de 1 / Gmin, que é 6,3 %: o que é mais raro é intervalo (gap).',
  },
  'burst-length-mean': {
    title: 'comprimento médio da rajada',
    formula: 'mensagens enviadas dentro de rajadas / número de rajadas',
    source: 'RFC 3611, seção 4.7.2; Gmin = 16; lá, como duração',
    reading:
      'Da primeira à última perda de uma rajada. Multiplicado pela distância entre as mensagens de um fluxo, dá a duração.',
  },
  'gap-density': {
    title: 'densidade do intervalo (gap)',
    formula: 'perdas fora de rajadas / mensagens enviadas fora de rajadas',
    source: 'RFC 3611, seção 4.7.2; Gmin = 16',
    reading: 'A perda dos bons momentos. No máximo cerca de 1 / (Gmin + 1), que é 5,9 %.',
  },
  duplication: {
    title: 'duplicação',
    formula: 'Σ(c_i − 1) / L, sobre as mensagens que chegaram, com c_i cópias de cada uma',
    source: 'RFC 5560',
    reading: 'Cópias a mais por mensagem que chegou. Passa de 1 quando cada uma chega três vezes ou mais.',
  },
  replicated: {
    title: 'replicadas',
    formula: 'mensagens com c_i ≥ 2 / L',
    source: 'RFC 5560',
    reading:
      'Quantas mensagens chegaram mais de uma vez. Um destinatário que não pode agir duas vezes precisa reconhecê-las.',
  },
  damaged: {
    title: 'danificadas',
    formula: 'cópias cujo conteúdo não é o que foi enviado',
    source: 'nossa',
    reading:
      'Cópias que não são o que foi enviado. As somas de verificação do kernel pegam o que um enlace corrompe; o relay fica acima delas e mostra o que elas pegam.',
  },
  refused: {
    title: 'recusadas',
    formula: 'mensagens que o servidor devolveu com um motivo',
    source: 'nossa',
    reading: 'O servidor disse não: destinatário lento demais, ou que já saiu.',
  },
  reordered: {
    title: 'fora de ordem',
    formula: 'primeiras cópias que chegam com número abaixo do próximo esperado em seu fluxo / L',
    source: 'RFC 4737, seções 3.3 e 4.1',
    reading: 'O que foi ultrapassado; não o que ultrapassou.',
  },
  'reordering-extent-p95': {
    title: 'extensão da reordenação p95',
    formula:
      'para uma chegada fora de ordem na posição i: i − j, com j a primeira posição de um número maior; p95 desses valores',
    source: 'RFC 4737, seção 4.2',
    reading:
      'Por quantas outras foi ultrapassada a maioria das fora de ordem. Só elas contam: dezenove em cada vinte foram ultrapassadas por no máximo esse número.',
  },
  'reordering-extent-longest': {
    title: 'maior extensão da reordenação',
    formula: 'o maior i − j de uma chegada fora de ordem',
    source: 'RFC 4737, seção 4.2',
    reading: 'O buffer que restauraria a ordem. Em mensagens, para a que mais precisa dele.',
  },
  'reordering-late-time-p95': {
    title: 'tempo de atraso da reordenação p95',
    formula: 'R_i − R_j das mesmas duas chegadas; p95 desses valores',
    source: 'RFC 4737, seção 4.3',
    reading:
      'Quanto se atrasou a maioria das fora de ordem. Só elas contam: desde a chegada da primeira que as ultrapassou.',
  },
  'reordering-late-time-longest': {
    title: 'maior tempo de atraso da reordenação',
    formula: 'o maior R_i − R_j de uma chegada fora de ordem',
    source: 'RFC 4737, seção 4.3',
    reading: 'A espera que restauraria a ordem. Para a mensagem que mais precisa dela.',
  },
  'n-reordering-1': {
    title: '1-reordenação',
    formula: 'chegadas cuja anterior imediata tem número maior / L',
    source: 'RFC 4737, seção 5.3',
    reading: 'Chegaram logo atrás de uma posterior.',
  },
  'n-reordering-2': {
    title: '2-reordenação',
    formula: 'chegadas cujas 2 anteriores imediatas têm, todas, números maiores / L',
    source: 'RFC 4737, seção 5.3',
    reading: 'Chegaram atrás de duas posteriores seguidas.',
  },
  'n-reordering-3': {
    title: '3-reordenação',
    formula: 'chegadas cujas 3 anteriores imediatas têm, todas, números maiores / L',
    source: 'RFC 4737, seção 5.3',
    reading:
      'O que o TCP pode dar por perdido. Três posteriores seguidas são três ACKs duplicados: um TCP que os conta reenvia o que só estava atrasado.',
  },
  displaced: {
    title: 'deslocadas',
    formula: '1 − RD[0]: primeiras cópias cujo índice de recepção não é o seu número / L',
    source: 'RFC 5236 (densidade de reordenação, reorder density)',
    reading: 'O que não está em seu lugar, adiantado ou atrasado.',
  },
  'displacement-mean': {
    title: 'deslocamento médio',
    formula: 'Σ |D| · RD[D]: média, sobre as primeiras cópias, de |índice de recepção − número|',
    source: 'RFC 5236 (densidade de reordenação, reorder density)',
    reading: 'A que distância de seu lugar está uma mensagem. Em média, incluídas as que estão em seu lugar.',
  },
  'reorder-buffer-mean': {
    title: 'buffer de reordenação médio',
    formula: 'Σ B · RBD[B]: média, sobre as primeiras cópias, das mensagens no buffer após cada chegada',
    source: 'RFC 5236 (densidade do buffer de reordenação, reorder-buffer density)',
    reading:
      'O que espera para voltar à ordem. Em média, em um destinatário que guarda em buffer o que chegou cedo demais.',
  },
  'reorder-buffer-largest': {
    title: 'maior buffer de reordenação',
    formula: 'o maior B com RBD[B] > 0',
    source: 'RFC 5236 (densidade do buffer de reordenação, reorder-buffer density)',
    reading:
      'O máximo que chega a esperar para voltar à ordem. Em um fluxo. Um destinatário assim é avisado de uma perda na hora e não espera por ela.',
  },
  'delay-min': {
    title: 'atraso mínimo',
    formula: 'min d_i entre as mensagens que chegaram',
    source: 'RFC 7679',
    reading: 'Quanto o caminho demora quando nada atrapalha. A propagação e o trabalho dos dois hosts.',
  },
  'delay-p50': {
    title: 'atraso p50',
    formula: 'menor x com (número de i com d_i ≤ x) / N ≥ 0.5; posto mais próximo',
    source: 'RFC 7679, seção 5.1; RFC 2330, seção 11.3',
    reading: 'A mediana: até aí, metade de todas as mensagens já tinha chegado.',
  },
  'delay-p90': {
    title: 'atraso p90',
    formula: 'menor x com (número de i com d_i ≤ x) / N ≥ 0.9; posto mais próximo',
    source: 'RFC 7679, seção 5.1; RFC 2330, seção 11.3',
    reading: 'Uma mensagem em cada dez demorou mais, ou nunca chegou.',
  },
  'delay-p95': {
    title: 'atraso p95',
    formula: 'menor x com (número de i com d_i ≤ x) / N ≥ 0.95; posto mais próximo',
    source: 'RFC 7679, seção 5.1; RFC 2330, seção 11.3',
    reading: 'Uma mensagem em cada vinte demorou mais, ou nunca chegou.',
  },
  'delay-p99': {
    title: 'atraso p99',
    formula: 'menor x com (número de i com d_i ≤ x) / N ≥ 0.99; posto mais próximo',
    source: 'RFC 7679, seção 5.1; RFC 2330, seção 11.3',
    reading: 'Uma mensagem em cada cem demorou mais, ou nunca chegou. Não atingido: mais de uma em cada cem se perdeu.',
  },
  'delay-p99.9': {
    title: 'atraso p99,9',
    formula: 'menor x com (número de i com d_i ≤ x) / N ≥ 0.999; posto mais próximo',
    source: 'RFC 7679, seção 5.1; RFC 2330, seção 11.3',
    reading:
      'Uma mensagem em cada mil demorou mais, ou nunca chegou. Só diz alguma coisa com alguns milhares de mensagens.',
  },
  'delay-max': {
    title: 'atraso máximo',
    formula: 'max d_i entre todas as N',
    source: 'RFC 7679, seção 5.1, com p = 1',
    reading:
      'Não atingido assim que uma mensagem se perde. Cresce com o número de mensagens: compare execuções iguais.',
  },
  'in-time-20ms': {
    title: 'no prazo, 20 ms',
    formula: '(número de i com d_i ≤ 20 ms) / N',
    source: 'nossa',
    reading: 'Um tick de um jogo, ou um pacote de voz.',
  },
  'in-time-50ms': {
    title: 'no prazo, 50 ms',
    formula: '(número de i com d_i ≤ 50 ms) / N',
    source: 'nossa',
    reading: 'O que um jogo rápido tolera.',
  },
  'in-time-100ms': {
    title: 'no prazo, 100 ms',
    formula: '(número de i com d_i ≤ 100 ms) / N',
    source: 'nossa',
    reading: 'O que a mão percebe como imediato.',
  },
  'in-time-200ms': {
    title: 'no prazo, 200 ms',
    formula: '(número de i com d_i ≤ 200 ms) / N',
    source: 'nossa',
    reading: 'O que uma conversa tolera. Acima disso, as pessoas começam a falar ao mesmo tempo.',
  },
  'in-time-500ms': {
    title: 'no prazo, 500 ms',
    formula: '(número de i com d_i ≤ 500 ms) / N',
    source: 'nossa',
    reading: 'O que um chat tolera sem que ninguém perceba.',
  },
  'ipdv-p50': {
    title: 'IPDV p50',
    formula: 'quantil 0.5 de |d_i − d_(i−1)|, sobre vizinhas em um fluxo que chegaram ambas',
    source: 'RFC 3393; RFC 5481, seção 4.1',
    reading: 'Metade dos atrasos não mudou mais que isso, de um para o seguinte.',
  },
  'ipdv-p99': {
    title: 'IPDV p99',
    formula: 'quantil 0.99 de |d_i − d_(i−1)|, sobre vizinhas em um fluxo que chegaram ambas',
    source: 'RFC 3393; RFC 5481, seção 4.1',
    reading: 'Um atraso em cada cem mudou mais que isso, de um para o seguinte. Adiantar e atrasar contam igual.',
  },
  'pdv-p99': {
    title: 'PDV p99',
    formula: 'quantil 0.99 de d_i − min d, com o menor atraso do fluxo, sobre as mensagens que chegaram',
    source: 'RFC 5481, seção 4.2',
    reading: 'Um buffer que segura tudo por esse tempo esconde a variação de 99 % das mensagens.',
  },
  'pdv-p99.9': {
    title: 'PDV p99,9',
    formula: 'quantil 0.999 de d_i − min d, com o menor atraso do fluxo, sobre as mensagens que chegaram',
    source: 'RFC 5481, seção 4.2',
    reading: 'Um buffer que segura tudo por esse tempo esconde a variação de 99,9 % das mensagens.',
  },
  jitter: {
    title: 'jitter (RTP)',
    formula:
      'em ordem de chegada, D = (R_i − R_(i−1)) − (S_i − S_(i−1)); J ← J + (|D| − J) / 16 a partir de J = 0, fluxo por fluxo; média de todos os J',
    source: 'RFC 3550, seção 6.4.1',
    reading: 'O que um destinatário RTP informaria, em média. Sobre todos os momentos em que poderia informar.',
  },
  'round-trip-p50': {
    title: 'ida e volta p50',
    formula: 'menor x com (requisições respondidas em até x) / (requisições enviadas) ≥ 0.5; posto mais próximo',
    source: 'RFC 2681',
    reading:
      'Até aí, metade de todas as requisições já tinha resposta. Uma requisição sem resposta tem atraso infinito.',
    needs: 'uma carga de trabalho em que as mensagens são respondidas',
  },
  'round-trip-p99': {
    title: 'ida e volta p99',
    formula: 'menor x com (requisições respondidas em até x) / (requisições enviadas) ≥ 0.99; posto mais próximo',
    source: 'RFC 2681',
    reading: 'Uma requisição em cada cem esperou mais, ou para sempre. Em malha fechada: quem espera envia menos.',
    needs: 'uma carga de trabalho em que as mensagens são respondidas',
  },
  goodput: {
    title: 'goodput',
    formula: 'bits de carga útil das mensagens distintas entregues / (última entrega − primeiro instante planejado)',
    source: 'RFC 2647, seção 3.17',
    reading:
      'Carga útil que chegou, em bits por segundo. Em malha aberta: no máximo o que foi oferecido. Cabeçalhos, cópias e retransmissões não entram.',
  },
  blocked: {
    title: 'bloqueadas',
    formula: 'mensagens com blocked_i > 0 / mensagens vistas no caminho',
    source: 'nossa',
    reading: 'Já tinham chegado e esperaram pelo que foi enviado antes. Conta qualquer espera acima de 0.',
    needs: 'um transporte que seja um stream e pacotes que possam ser vistos em seu caminho',
  },
  'blocked-mean': {
    title: 'bloqueio médio',
    formula: 'média de blocked_i sobre todas as mensagens vistas no caminho, incluídas as que não esperaram',
    source: 'nossa',
    reading:
      'Quanto custa a ordem, dividido por todas as mensagens. Essa parte do atraso médio de um stream é espera na fila.',
    needs: 'um transporte que seja um stream e pacotes que possam ser vistos em seu caminho',
  },
  'blocked-p99': {
    title: 'bloqueio p99',
    formula: 'quantil 0.99 de blocked_i sobre todas as mensagens vistas no caminho',
    source: 'nossa',
    reading: 'Uma mensagem em cada cem ficou retida por mais tempo.',
    needs: 'um transporte que seja um stream e pacotes que possam ser vistos em seu caminho',
  },
  'blocked-longest': {
    title: 'bloqueio mais longo',
    formula: 'o maior blocked_i',
    source: 'nossa',
    reading:
      'O maior tempo que uma mensagem ficou retida. Cerca de um timeout de retransmissão, onde uma retransmissão também se perdeu.',
    needs: 'um transporte que seja um stream e pacotes que possam ser vistos em seu caminho',
  },
  releases: {
    title: 'lacunas fechadas',
    formula: 'lacunas em um stream que se fecharam com mensagens à espera atrás delas / N',
    source: 'nossa',
    reading: 'Com que frequência não chega nada e, depois, chegam várias de uma vez. Por mensagem enviada.',
    needs: 'um transporte que seja um stream e pacotes que possam ser vistos em seu caminho',
  },
  'release-mean': {
    title: 'liberação média',
    formula: 'mensagens liberadas pelo fechamento de uma lacuna / lacunas fechadas',
    source: 'nossa',
    reading: 'Quantas chegam de uma vez quando uma lacuna se fecha.',
    needs: 'um transporte que seja um stream e pacotes que possam ser vistos em seu caminho',
  },
  'release-largest': {
    title: 'maior liberação',
    formula: 'o maior número de mensagens liberadas pelo fechamento de uma só lacuna',
    source: 'nossa',
    reading: 'A rajada que um destinatário precisa absorver de uma vez.',
    needs: 'um transporte que seja um stream e pacotes que possam ser vistos em seu caminho',
  },
  'set-up-p50': {
    title: 'estabelecimento p50',
    formula: 'mediana, sobre todos os usuários, do tempo entre a chamada de entrada e as boas-vindas do servidor',
    source: 'nossa',
    reading: 'Duas idas e voltas; mais, onde pacotes se perderam.',
  },
  'set-up-max': {
    title: 'estabelecimento máximo',
    formula: 'o maior tempo, entre todos os usuários, da chamada de entrada até as boas-vindas do servidor',
    source: 'nossa',
    reading: 'Quem mais teve de repetir. Nele aparecem os temporizadores de retransmissão do handshake.',
    needs: 'alguém que tenha entrado',
  },
  'set-up-round-trips': {
    title: 'idas e voltas do estabelecimento',
    formula:
      'média, sobre todos os usuários, da maior cadeia de pacotes e respostas de sua entrada, cada um enviado depois que o anterior chegou',
    source: 'nossa',
    reading: 'De quanto o protocolo precisa, em qualquer rede. Duas, em ambos os transportes deste laboratório.',
    needs: 'pacotes que possam ser vistos em seu caminho',
  },
  'wire-bytes-per-byte': {
    title: 'bytes no fio por byte',
    formula:
      'bytes no enlace, nos dois sentidos, incluídos os cabeçalhos IP / bytes de carga útil das mensagens distintas entregues',
    source: 'nossa',
    reading: 'Tudo o que custou. Cabeçalhos, ACKs, retransmissões, keep-alives e o que foi enviado e se perdeu.',
    needs: 'pacotes que possam ser vistos em seu caminho',
  },
  'wire-up-bytes-per-byte': {
    title: 'bytes no fio por byte, subida',
    formula: 'bytes no enlace dos clientes para o servidor / bytes de carga útil das mensagens distintas entregues',
    source: 'nossa',
    reading: 'As mensagens dos remetentes e os ACKs dos destinatários.',
    needs: 'pacotes que possam ser vistos em seu caminho',
  },
  'wire-down-bytes-per-byte': {
    title: 'bytes no fio por byte, descida',
    formula: 'bytes no enlace do servidor para os clientes / bytes de carga útil das mensagens distintas entregues',
    source: 'nossa',
    reading: 'As mensagens outra vez e os ACKs para os remetentes.',
    needs: 'pacotes que possam ser vistos em seu caminho',
  },
  'wire-packets-per-message': {
    title: 'pacotes no fio por mensagem',
    formula: 'pacotes no enlace, nos dois sentidos / mensagens distintas entregues',
    source: 'nossa',
    reading: 'Abaixo de 2: várias mensagens dividiram um pacote. Muito acima de 2: ACKs, retransmissões, fragmentos.',
    needs: 'pacotes que possam ser vistos em seu caminho',
  },
  'wire-retransmitted': {
    title: 'retransmitidos',
    formula: 'segmentos TCP com dados abaixo do que seu stream já tinha enviado / segmentos TCP com dados',
    source: 'nossa; números de sequência: RFC 9293, seção 3.4',
    reading:
      'O que um observador no caminho vê como retransmissão. Mais do que o enlace descartou: alguns foram reenviados à toa.',
    needs: 'pacotes que possam ser vistos em seu caminho e um transporte sobre TCP',
  },
  'wire-acks': {
    title: 'ACKs puros',
    formula: 'segmentos TCP sem dados nem SYN, FIN ou RST / pacotes no enlace, nos dois sentidos',
    source: 'nossa',
    reading: 'Pacotes que só confirmam. Os keep-alives do kernel têm a mesma aparência e estão entre eles.',
    needs: 'pacotes que possam ser vistos em seu caminho',
  },
  'timer-error-p50': {
    title: 'erro do temporizador p50',
    formula: 'quantil 0.5 de (instante de envio real − planejado), sobre as mensagens que o transporte aceitou',
    source: 'segundo o irtt (send timer error)',
    reading: 'Com quanto atraso o laboratório costumava enviar. Todo atraso medido contém esse erro.',
  },
  'timer-error-p99': {
    title: 'erro do temporizador p99',
    formula: 'quantil 0.99 de (instante de envio real − planejado), sobre as mensagens que o transporte aceitou',
    source: 'segundo o irtt (send timer error)',
    reading: 'Uma diferença menor que esta não significa nada.',
  },
  'cpu-server': {
    title: 'CPU do servidor',
    formula: 'tempo de CPU do processo do servidor enquanto as mensagens circulavam / N',
    source: 'nossa',
    reading: 'O que uma mensagem custa ao processo do servidor. Seu roteador e seus sockets.',
    needs: 'um sistema que informe o tempo de CPU de seus processos',
  },
  'cpu-workers': {
    title: 'CPU dos workers',
    formula: 'tempo de CPU de todos os processos worker enquanto as mensagens circulavam / N',
    source: 'nossa',
    reading: 'O que uma mensagem custa ao remetente e ao destinatário juntos. Inclui a manutenção dos registros.',
    needs: 'um sistema que informe o tempo de CPU de seus processos',
  },
} as const;
