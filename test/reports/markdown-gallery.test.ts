// The gallery's index as Markdown.
import { expect, test } from 'vitest';
import { told } from '../../reports/language/told.ts';
import { markdownGallery } from '../../reports/markdown-gallery.ts';
import { result } from './results.ts';

test('says of each run what was asked and found, and leads to its page', () => {
  const entries = ['one', 'other'].map((name) => {
    const whole = result({ command: `lab run ${name}` });
    const scenario = { ...whole.scenario, title: `The *${name}*` };
    return { href: `${name}/report.html`, result: told({ ...whole, scenario }, 'en') };
  });
  const index = markdownGallery(entries);
  expect(index).toMatch(/^# What the library found\n/);
  expect(index).toContain('2 reports, measured on A Processor @ 2.00GHz, 2 cores; Linux 6.1.0;');
  for (const name of ['one', 'other']) {
    expect(index).toContain(`## [The \\*${name}\\*](${name}/report.html)`);
    expect(index).toContain(`\`lab run ${name}\``);
  }
  expect(index).toContain('- TCP delivers everything, in order, without error. — **holds in part**');
});
