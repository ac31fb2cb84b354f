// The index of the reference reports.
import type { InEach } from '../language.ts';

export interface GalleryTexts {
  readonly title: string;
  readonly what: string;
  measured(reports: string, machine: string): string;
  /** Markdown. */
  readonly compare: string;
}

export const GALLERY_TEXTS: InEach<GalleryTexts> = {
  en: {
    title: 'What the library found',
    what: 'The report of every scenario in the library, as one machine measured it. Your own machine has other figures; the sentences should hold there, too.',
    measured: (reports, machine) => `${reports} reports, measured on ${machine}.`,
    compare:
      'Open [index.html](index.html) in a browser. `lab compare reports/reference/intro RUN` sets a run of yours beside one of these.',
  },
  'pt-BR': {
    title: 'O que a biblioteca encontrou',
    what: 'O relatório de cada cenário da biblioteca, como uma máquina o mediu. A sua máquina terá outros números; as frases também devem se confirmar nela.',
    measured: (reports, machine) => `${reports} relatórios, medidos em ${machine}.`,
    compare:
      'Abra [index.html](index.html) em um navegador. `lab compare reports/reference/intro RUN` põe uma execução sua ao lado de uma destas.',
  },
};
