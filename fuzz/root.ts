// Where the package lies: this file runs from its own folder in tests, and from dist/ otherwise.
import { existsSync } from 'node:fs';

const PLACES = ['../', '../../'].map((up) => new URL(up, import.meta.url));

export const ROOT = PLACES.find((place) => existsSync(new URL('package.json', place)))!;
