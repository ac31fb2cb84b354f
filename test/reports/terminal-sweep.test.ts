// A sweep on a terminal: a line for each point, and its shape.
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { told } from '../../reports/language/told.ts';
import { terminalReport } from '../../reports/terminal.ts';
import { figure, figureEvidence, figures, LOAD, LOSSY, NOTHING_DELIVERED, verdict } from './results.ts';
import { sweep } from './swept.ts';

const plain = new Chalk({ level: 0 });

describe('a sweep', () => {
  const text = (...args: Parameters<typeof sweep>) => terminalReport(told(sweep(...args), 'en'), plain);

  test('is a line for each point, and the shape of it', () => expect(text()).toMatchSnapshot());

  test('shows the figure of its verdicts first, and its shape', () => {
    const about = (metric: string) => [verdict({ test: 'above', evidence: [], figures: [figureEvidence({ metric })] })];
    const head = text({}, { verdicts: about('delay-max') })
      .split('\n')
      .find((line) => line.includes('delay p50'));
    expect(head).toMatch(/^ +delay max, ms +loss +delay p50, ms +delay p99, ms$/);
    expect(text({}, { verdicts: about('loss') })).toMatch(/^loss, from 0 to 8\.00 %\ntcp {2}▁{5}\nudp {2}▁▃▅▇█$/mu);
  });

  test('does without the median where it would need a table of its own', () => {
    const wide = text({ of: () => ({ ...NOTHING_DELIVERED, sent: figure(1) }), contestants: ['a', 'b', 'c'] });
    expect(wide).toContain('delay p99, ms');
    expect(wide).not.toContain('delay p50, ms');
  });

  test('of a closed loop shows what the network let through', () => {
    const run = sweep({ of: (_transport, at) => figures({ 'round-trip-p50': figure(40 + at) }) });
    const points = run.scenario.points.map((each) => ({ ...each, workload: { ...LOAD, isClosedLoop: true } }));
    const closed = terminalReport(told({ ...run, scenario: { ...run.scenario, points } }, 'en'), plain);
    expect(closed).toMatch(/^ +round trip p50, ms +delay p99, ms +goodput$/m);
  });

  test('in which nothing was measured has a line for each cell, and why', () => {
    const nothing = text({ of: () => undefined }, { metrics: {} });
    expect(nothing.match(/not available$/gm)).toHaveLength(10);
  });

  test('has a block for each link', () => {
    const lines = text({ links: ['home', 'mobile'] }).split('\n');
    expect(lines.filter((line) => line.startsWith('loss 2%'))).toHaveLength(2);
    expect(lines).toEqual(expect.arrayContaining(['home', 'mobile']));
  });

  test.each([
    ['two points', [{ loss: '0%' }, { loss: '1%' }]],
    ['two things swept', [1, 2, 3].map((ms) => ({ loss: '1%', delay: `${ms}ms` }))],
  ])('of %s has no shape', (_what, values) => expect(text({ values })).not.toMatch(/[▁-█]/u));

  test('says where a figure is not available', () => {
    const swept = text({ of: (transport, at) => (transport === 'udp' && at === 1 ? undefined : LOSSY) });
    expect(swept).toMatch(/^loss 1% .* n\/a$/m);
    expect(swept).toMatch(/^udp {2}.·...$/mu);
  });
});
