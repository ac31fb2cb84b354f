// The reference reports: measures the library's scenarios, renders what was measured, and takes the README's pictures.
//
//   npm run gallery                        renders reports/reference anew from its runs
//   npm run gallery -- --measure [NAME…]   measures these scenarios first, or all of them
//   npm run gallery -- --pictures          takes the pictures, too (needs chromium)
import { readdir } from 'node:fs/promises';
import { measure } from './measure.ts';
import { takePictures } from './pictures.ts';
import { SCENARIOS } from './places.ts';
import { render } from './render.ts';

const [first, ...names] = process.argv.slice(2);

switch (first) {
  case '--measure':
    await measure(names.length > 0 ? names : await library());
    await render();
    break;
  case '--pictures':
    await render();
    await takePictures();
    break;
  case undefined:
    await render();
    break;
  default:
    process.stderr.write(`gallery: unknown ${first}; known: --measure [NAME…], --pictures\n`);
    process.exitCode = 2;
}

async function library(): Promise<string[]> {
  const files = await readdir(SCENARIOS);
  return files.filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -'.yaml'.length));
}
