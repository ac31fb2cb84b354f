// How often each method's 95 % interval contains the truth, over made-up experiments: `npm run bench:intervals`.
// The table of decision 7 comes from here. Seeded: the same table every time.
import { parseArgs } from 'node:util';
import { onceEach } from '../../src/bench/statistics/bootstrap.ts';
import { type Statistic, statisticOf } from '../../src/bench/statistics/estimate.ts';
import { experiment, FIGURES, type FigureName, NETWORKS, rolls, type Side } from './experiments.ts';
import { METHODS, sortedDraws } from './methods.ts';

const { values } = parseArgs({
  options: {
    experiments: { type: 'string', default: '1000' },
    network: { type: 'string', multiple: true, default: Object.keys(NETWORKS) },
    method: { type: 'string', multiple: true, default: Object.keys(METHODS) },
  },
});

const EXPERIMENTS = Number(values.experiments);
const FACTOR = 1.3;
const TRUTH_REPETITIONS = 5000;
const REPETITIONS = [6, 10, 20];

const names = values.method;

type NetworkName = keyof typeof NETWORKS;

for (const network of values.network as NetworkName[]) {
  const truth = experiment(NETWORKS[network], TRUTH_REPETITIONS, FACTOR, rolls(0));
  for (const repetitions of REPETITIONS) print(network, repetitions, truth);
}

/** One row a figure and method: the share of experiments in which the interval misses, for each of three questions. */
function print(network: NetworkName, repetitions: number, [trueA, trueB]: readonly [Side, Side]): void {
  const roll = rolls(repetitions);
  const figures = (Object.keys(FIGURES) as FigureName[]).map((name) => {
    const [a, b] = [trueA, trueB].map((side) => figureOf(name, side)(onceEach(TRUTH_REPETITIONS)));
    return { name, a: a!, b: b!, misses: names.map(() => [0, 0, 0]) };
  });
  for (let e = 0; e < EXPERIMENTS; e++) {
    const [a, b] = experiment(NETWORKS[network], repetitions, FACTOR, roll);
    const [one, same] = experiment(NETWORKS[network], repetitions, 1, roll);
    for (const { name, misses, ...truth } of figures) {
      count(
        [figureOf(name, a), paired(name, a, b), paired(name, one, same)],
        [truth.a, truth.b - truth.a, 0],
        misses,
        e,
      );
    }
  }

  function count(statistics: Statistic[], truths: number[], misses: number[][], seed: number): void {
    statistics.forEach((statistic, question) => {
      const draws = sortedDraws(statistic, repetitions, seed);
      names.forEach((name, m) => {
        const { low, high } = METHODS[name]!(statistic, repetitions, draws, seed);
        if (!(low <= truths[question]! && truths[question]! <= high)) misses[m]![question]! += 1;
      });
    });
  }

  for (const figure of figures) {
    names.forEach((name, m) => {
      const shares = figure.misses[m]!.map((misses) => ((100 * misses) / EXPERIMENTS).toFixed(1).padStart(6));
      console.log([network, figure.name, repetitions, name.padEnd(16), ...shares].join('\t'));
    });
  }
}

function figureOf(name: FigureName, side: Side): Statistic {
  return statisticOf(FIGURES[name](side));
}

function paired(name: FigureName, a: Side, b: Side): Statistic {
  const [ofA, ofB] = [figureOf(name, a), figureOf(name, b)];
  return (weights) => ofB(weights) - ofA(weights);
}
