// What a page does beyond being read. All of it stands without: the script adds, and takes nothing away.
import { HIGHLIGHT } from './highlight.ts';
import { READING } from './reading.ts';
import { TABLES } from './tables.ts';
import { ZOOM } from './zoom.ts';

export const SCRIPT = `(() => {
'use strict';
const words = JSON.parse(document.body.dataset.words);
const language = document.documentElement.lang;
const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
${ZOOM}
${READING}
${HIGHLIGHT}
${TABLES}
})();`;

/** By which the page's policy knows it: nothing else that may have come into the page is run. */
export const SCRIPT_HASH = `'sha256-${await sha256(SCRIPT)}'`;

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
