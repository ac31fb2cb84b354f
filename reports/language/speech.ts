// A language as reports speak it: its numbers, and one catalogue of texts that is complete in each (the compiler sees to it).
import type { Cell, CellName, Place } from '../../src/bench/result.ts';
import type { Language } from './language.ts';
import { type Numbers, numbersIn } from './numbers.ts';
import { CHANGE_TEXTS } from './texts/change-texts.ts';
import { COMPARISON_TEXTS } from './texts/comparison-texts.ts';
import { EXPLAIN_TEXTS } from './texts/explain-texts.ts';
import { FAIRNESS_TEXTS } from './texts/fairness-texts.ts';
import { FIGURE_TEXTS } from './texts/figure-texts.ts';
import { GALLERY_TEXTS } from './texts/gallery-texts.ts';
import { LEDGER_TEXTS } from './texts/ledger-texts.ts';
import { METHOD_TEXTS } from './texts/method-texts.ts';
import { PAGE_TEXTS } from './texts/page-texts.ts';
import { PICTURE_TEXTS } from './texts/picture-texts.ts';
import { REASON_TEXTS } from './texts/reason-texts.ts';
import { TERMINAL_TEXTS } from './texts/terminal-texts.ts';
import { VERDICT_TEXTS } from './texts/verdict-texts.ts';

export type Speech = ReturnType<typeof speechIn>;

export function speechIn(language: Language) {
  const numbers: Numbers = numbersIn(language);
  const reasons = REASON_TEXTS[language];
  const place = ({ link, point }: Place) => (point === '' ? link : reasons.at(link, point));
  return {
    language,
    ...numbers,
    changes: CHANGE_TEXTS[language],
    comparisons: COMPARISON_TEXTS[language],
    explain: EXPLAIN_TEXTS[language],
    fairness: FAIRNESS_TEXTS[language],
    figures: FIGURE_TEXTS[language],
    gallery: GALLERY_TEXTS[language],
    ledger: LEDGER_TEXTS[language],
    method: METHOD_TEXTS[language],
    page: PAGE_TEXTS[language],
    pictures: PICTURE_TEXTS[language],
    reasons,
    terminal: TERMINAL_TEXTS[language],
    verdicts: VERDICT_TEXTS[language],
    /** "lossy at loss 1%" */
    place,
    /** "tcp over lossy" */
    cell: (cell: CellName | Cell) => reasons.cell(cell.transport, place(cell)),
  };
}
