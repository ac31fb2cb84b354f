// The languages that reports are written in.

export const LANGUAGES = ['en', 'pt-BR'] as const;

export type Language = (typeof LANGUAGES)[number];

/** A text, or a table of them, in every language: one that lacks something does not compile. */
export type InEach<Texts> = Readonly<Record<Language, Texts>>;
