// Writes the text of `lab --help`, at build time.
import { writeFileSync } from 'node:fs';
import { helpText } from './program.ts';

writeFileSync(new URL('./help.txt', import.meta.url), `${await helpText()}\n`);
