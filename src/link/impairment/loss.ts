// The ways a channel loses packets, one file each; here is only which is which.

import type { Dice } from '../chance.ts';
import type { Impairment } from '../impairment.ts';
import { isObject, readFields, show } from '../plain-data.ts';
import { LinkProfileError, type Path } from '../profile-error.ts';
import { readPercent } from '../units.ts';
import { type DropListSettings, describeDropList, dropList, parseDropList } from './drop-list.ts';
import {
  describeGilbertElliott,
  type GilbertElliottSettings,
  gilbertElliott,
  parseGilbertElliott,
} from './gilbert-elliott.ts';
import { describeOutages, type OutageSettings, outages, parseOutages } from './outages.ts';
import { describeRandomLoss, parseRandomLoss, type RandomLossSettings, randomLoss } from './random-loss.ts';

export type LossSettings = RandomLossSettings | GilbertElliottSettings | DropListSettings | OutageSettings;

/** "2%", or { kind: "random" | "gilbert-elliott" | "list" | "schedule", … } */
export function parseLoss(value: unknown, path: Path): LossSettings {
  if (!isObject(value)) return { kind: 'random', probability: readPercent(value, path) };
  switch (value['kind']) {
    case 'random':
      return parseRandomLoss(readFields(value, ['kind', 'probability'], path), path);
    case 'gilbert-elliott':
      return parseGilbertElliott(readFields(value, ['kind', 'p', 'r', 'lossInBad', 'lossInGood'], path), path);
    case 'list':
      return parseDropList(readFields(value, ['kind', 'packets'], path), path);
    case 'schedule':
      return parseOutages(readFields(value, ['kind', 'outages', 'every'], path), path);
    default:
      throw new LinkProfileError(
        [...path, 'kind'],
        `unknown ${show(value['kind'])}; known: random, gilbert-elliott, list, schedule`,
      );
  }
}

export function describeLoss(settings: LossSettings): string {
  switch (settings.kind) {
    case 'random':
      return describeRandomLoss(settings);
    case 'gilbert-elliott':
      return describeGilbertElliott(settings);
    case 'list':
      return describeDropList(settings);
    case 'schedule':
      return describeOutages(settings);
  }
}

export function loss(settings: LossSettings, dice: Dice): Impairment {
  switch (settings.kind) {
    case 'random':
      return randomLoss(settings, dice);
    case 'gilbert-elliott':
      return gilbertElliott(settings, dice);
    case 'list':
      return dropList(settings);
    case 'schedule':
      return outages(settings);
  }
}
