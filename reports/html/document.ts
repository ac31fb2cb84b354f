// A whole page around a body: its style, its script, and a policy that lets it load nothing and run nothing else.
import type { Speech } from '../language/speech.ts';
import { type Html, html, trusted } from './html.ts';
import { SCRIPT, SCRIPT_HASH } from './script/script.ts';
import { STYLE } from './style.ts';

const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src ${SCRIPT_HASH}; img-src data:; base-uri 'none'; form-action 'none'`;

export function document({ title, body, say }: { title: string; body: Html; say: Speech }): string {
  const { zoomIn, zoomOut, whole, copy, copied, keys } = say.pictures;
  const words = { zoomIn, zoomOut, whole, copy, copied, keys, sortBy: say.pictures.sortBy('%') };
  const page = html`<!doctype html>
<html lang="${say.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · transport-lab</title>
<style>${trusted(STYLE)}</style>
</head>
<body data-words="${JSON.stringify(words)}">
${body}
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`;
  return page.markup;
}
