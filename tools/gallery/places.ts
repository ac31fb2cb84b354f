// Where the gallery is, from dist/tools/gallery.
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../../', import.meta.url);

export const REFERENCE = fileURLToPath(new URL('reports/reference/', ROOT));
export const SCENARIOS = fileURLToPath(new URL('scenarios/', ROOT));
export const PICTURES = fileURLToPath(new URL('docs/pictures/', ROOT));
export const LAB = fileURLToPath(new URL('dist/cli/lab.js', ROOT));
