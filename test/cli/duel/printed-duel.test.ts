// A duel's result on paper.
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { LiveLink } from '../../../cli/across/live-link.ts';
import {
  arrived,
  cleared,
  type DuelModel,
  duelModel,
  heldBack,
  linkChanged,
  lost,
  receiptCame,
  receiptLost,
  SIDES,
  sent,
} from '../../../cli/duel/model/duel-model.ts';
import { printedDuel } from '../../../cli/duel/printed-duel.ts';
import type { Language } from '../../../reports/language/language.ts';

const LANGUAGES: readonly Language[] = ['en', 'pt-BR'];
const LINK: LiveLink = {
  backend: 'tun',
  server: { tcp: { host: '10.77.0.1', port: 1 }, udp: { host: '10.77.0.1', port: 2 } },
  chance: { mode: 'time', seed: 7 },
  profile: { up: {}, down: {} },
  change: async () => {},
  news: () => Promise.reject(new Error('nobody asks')),
};

const NEW = duelModel({ words: 'delay 100ms loss 20%', backend: 'tun', dropped: { up: 1234, down: 1 } }, SIDES);
const ms = (value: number) => value * 1e6;

const said = (count: number, model = NEW) =>
  Array.from({ length: count }).reduce<DuelModel>((now) => sent(now, 'hello', 0, {}), model);

/** Three over both: TCP brings all, one of them held back; UDP loses one. */
function played(): DuelModel {
  let model = said(3);
  for (const [number, after] of [100, 400, 410].entries()) model = arrived(model, 'tcp', number + 1, ms(after));
  model = heldBack(model, 'tcp', 3, { ms: 290, behind: 2 });
  for (const number of [1, 2, 3]) model = receiptCame(model, 'tcp', number, ms(600));
  model = lost(model, 'udp', 2, 'loss');
  for (const number of [3, 1, 1]) model = arrived(model, 'udp', number, ms(100 + number));
  return receiptLost(receiptCame(model, 'udp', 1, ms(201)), 'udp', 3);
}

test('says what came over which, side by side', () => {
  expect(printedDuel(played(), LINK, 'en')).toBe(`\
The same 3 messages over both, across delay 100ms loss 20% (packets, seed 7)

                             TCP     UDP
sent                           3       3
arrived                        3       2
lost                           0       1
missing                        0       0
not sent                       0       0
out of order                   0       1
twice                          0       1
held back                      1       0
held back longest  290 ms, by #2       –
median                    400 ms  103 ms
p95                       410 ms   never
confirmed                      3       1
receipts lost                  0       1

Lost over UDP: #2

The link dropped 1,234 packets up and 1 packet down. Those of TCP that were sent
again are among them.`);
});

test('says it in Portuguese, with its digits', () => {
  const text = printedDuel(played(), LINK, 'pt-BR');
  expect(text).toMatch(
    /^As mesmas 3 mensagens pelos dois, através de delay 100ms loss 20% \(pacotes,\nsemente 7\)\n\n/,
  );
  expect(text).toMatch(/^retida por mais tempo +290 ms, por #2 +–$/m);
  expect(text).toMatch(/^p95 +410 ms +nunca$/m);
  expect(text).toContain('Perdidas por UDP: #2');
  expect(text).toContain('1.234 pacotes na subida e 1 pacote na descida');
});

const row = (model: DuelModel, name: string, language: Language = 'en') =>
  printedDuel(model, LINK, language)
    .split('\n')
    .find((line) => line.startsWith(`${name} `))!
    .slice(name.length)
    .trim()
    .split(/ {2,}/);

test('what is not known is no 0', () => {
  for (const name of ['median', 'p95', 'held back longest']) expect(row(said(1), name)).toEqual(['–', '–']);
});

test('what was held back by no message says so long, and no more', () => {
  const model = heldBack(said(1), 'tcp', 1, { ms: 12.34, behind: undefined });
  expect(row(model, 'held back longest')).toEqual(['12.3 ms', '–']);
});

test('a side that the link can’t carry has no figures, and says why', () => {
  const model = sent(duelModel(NEW.link, ['udp']), 'a', 0, { tcp: 'unavailable' });
  for (const name of ['sent', 'not sent', 'median']) expect(row(model, name)[0]).toBe('n/a');
  expect(row(model, 'sent')).toEqual(['n/a', '1']);
  expect(printedDuel(model, LINK, 'en')).toContain('this link has no TCP here');
  expect(printedDuel(said(1), LINK, 'en')).not.toContain('this link has no TCP here');
});

describe('what was lost', () => {
  test('is named over each transport, by its number, which begins at #1 after /clear', () => {
    const model = said(3, cleared(said(5)));
    const both = lost(lost(lost(model, 'udp', 3, 'loss'), 'udp', 1, 'loss'), 'tcp', 2, 'loss');
    const text = printedDuel(both, LINK, 'en');
    expect(text).toContain('\n\nLost over TCP: #2\n\nLost over UDP: #1 #3\n\n');
  });

  test.each([
    [60, /#59 #60$/, undefined],
    [61, /#60 and 1 more$/, /#60 e mais 1$/],
    [1_300, /#60 and 1,240 more$/, /#60 e mais 1\.240$/],
  ])('is named up to sixty, and counted beyond (%d)', (count, en, ptBr) => {
    const all = Array.from({ length: count }, (_, at) => at + 1);
    const model = all.reduce((now, number) => lost(now, 'udp', number, 'loss'), said(count));
    const paragraph = (language: Language) =>
      printedDuel(model, LINK, language)
        .split('\n\n')
        .find((text) => /^(?:Lost over|Perdidas por) UDP/.test(text))!
        .replaceAll('\n', ' ');
    expect(paragraph('en')).toMatch(en);
    if (ptBr !== undefined) expect(paragraph('pt-BR')).toMatch(ptBr);
  });

  test('is not spoken of where there is nothing', () => {
    expect(printedDuel(said(3), LINK, 'en')).not.toContain('Lost over');
  });
});

describe('a link that changed', () => {
  const model = linkChanged(said(2, linkChanged(said(3), 'loss 30%')), 'no impairment');

  test.each([
    ['en', 'across a link that changed', ['Before #4 it became: loss 30%', 'Before #6 it became: no impairment']],
    [
      'pt-BR',
      'através de um enlace que mudou',
      ['Antes da #4 ele passou a ser: loss 30%', 'Antes da #6 ele passou a ser: no impairment'],
    ],
  ] as const)('says when, and what it became (%s)', (language, title, changes) => {
    const [first, second] = printedDuel(model, LINK, language).split('\n\n');
    expect(first!.replaceAll('\n', ' ')).toContain(title);
    expect(first).not.toContain('loss');
    expect(second!.split('\n')).toEqual(changes);
  });

  test('is not spoken of where it did not, nor of a round before', () => {
    for (const of of [said(3), said(1, cleared(model))]) {
      const text = printedDuel(of, LINK, 'en');
      expect(text).toContain('across delay 100ms loss 20%');
      expect(text).not.toContain('it became');
    }
  });
});

describe('what the link dropped', () => {
  const dropping = (up: number, of = SIDES) =>
    printedDuel(said(1, duelModel({ ...NEW.link, dropped: { up, down: 0 } }, of)), LINK, 'en').replaceAll('\n', ' ');

  test('has what TCP sent again among it', () => {
    expect(dropping(2)).toMatch(/dropped 2 packets up and 0 packets down\. Those of TCP .+ among them\.$/);
  });

  test.each([
    ['nothing was dropped', 0, SIDES],
    ['there is no TCP', 2, ['udp']],
  ] as const)('has not where %s', (_what, up, of) => expect(dropping(up, of)).not.toContain('Those of TCP'));
});

describe('why it was a relay', () => {
  const with_ = (whyNoPackets: string) => printedDuel(said(1), { ...LINK, backend: 'relay', whyNoPackets }, 'en');

  test('is told where nobody asked for one', () => {
    expect(with_('no /dev/net/tun')).toContain(
      'A relay carried it, because packets can’t be emulated here: no /dev/net/tun',
    );
    expect(printedDuel(said(1), { ...LINK, backend: 'relay' }, 'en')).not.toContain('A relay carried it');
  });

  test('drives no terminal', () => {
    expect(with_('\u001b[31mred\u202e').replaceAll('\n', '')).toContain('\\u{1b}[31mred\\u{202e}');
  });
});

test('no line is longer than 80 columns, nor drives a terminal, in each language', () => {
  let model = said(2_000, { ...NEW, link: { ...NEW.link, words: 'loss packets '.repeat(30) } });
  for (let number = 2; number <= 2_000; number += 2) model = lost(model, 'udp', number, 'loss');
  model = arrived(heldBack(model, 'tcp', 1, { ms: 123_456, behind: 1_999 }), 'tcp', 1, ms(1e6));
  const hostile = { ...LINK, whyNoPackets: `\u001b[2J\u202e${'日'.repeat(200)}\n${'x'.repeat(200)}` };
  for (const language of LANGUAGES) {
    const lines = printedDuel(model, hostile, language).split('\n');
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
    expect(lines.join(' ')).toContain('#118 #120 ');
    expect(lines.join(' ')).not.toContain('#122');
  }
});
