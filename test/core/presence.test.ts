import { describe, expect, test } from 'vitest';
import { Announcer, type Listener } from '../../src/core/announcer.ts';
import { Router } from '../../src/core/router.ts';
import type { CloseCause } from '../../src/core/transport.ts';
import { UNRELIABLE } from '../support/fake-channel.ts';
import { Guest } from '../support/guest.ts';

describe('news of others', () => {
  test('reaches those who asked, and not of themselves', () => {
    const router = new Router();
    const curious = new Guest(router).join('Ana', true);
    const other = new Guest(router).join('Bia', false);
    const late = new Guest(router, UNRELIABLE).join('Caio', true);
    other.channel.end({ kind: 'left' });
    expect(curious.heard()).toEqual([
      { kind: 'joined', name: 'Bia', transport: 'tcp' },
      { kind: 'joined', name: 'Caio', transport: 'udp' },
      { kind: 'left', name: 'Bia', departure: 'left' },
    ]);
    expect(late.heard()).toEqual([{ kind: 'left', name: 'Bia', departure: 'left' }]);
    expect(other.heard()).toEqual([]);
  });

  test.each<[CloseCause, string]>([
    [{ kind: 'left' }, 'left'],
    [{ kind: 'lost', why: 'reset' }, 'lost'],
    [{ kind: 'silent', limitMs: 1 }, 'silent'],
    [{ kind: 'slow', limitBytes: 1 }, 'too-slow'],
    [{ kind: 'violation', why: 'noise' }, 'violation'],
  ])('of a channel that ended with %j says %s', (cause, departure) => {
    const router = new Router();
    const curious = new Guest(router).join('Ana', true);
    const other = new Guest(router).join('Bia');
    other.channel.end(cause);
    expect(curious.heard().at(-1)).toEqual({ kind: 'left', name: 'Bia', departure });
  });

  test('does not come of channels that never joined', () => {
    const router = new Router();
    const curious = new Guest(router).join('Ana', true);
    new Guest(router).channel.end({ kind: 'left' });
    new Guest(router).join('Ana');
    expect(curious.heard()).toEqual([]);
  });

  test('does not come to who has left', () => {
    const router = new Router();
    const curious = new Guest(router).join('Ana', true);
    curious.channel.end({ kind: 'left' });
    curious.channel.ended = undefined;
    new Guest(router).join('Bia');
    expect(curious.heard()).toEqual([]);
  });
});

class Ear implements Listener {
  readonly heard: number[] = [];
  onHear: () => void = () => {};

  hear(frame: Uint8Array): void {
    this.heard.push(frame[0]!);
    this.onHear();
  }
}

const news = (number: number) => Uint8Array.of(number);

describe('the announcer', () => {
  test('tells news that arises from news afterwards, to all in one order', () => {
    const announcer = new Announcer();
    const [first, second, subject] = [new Ear(), new Ear(), new Ear()];
    announcer.watch(first);
    announcer.watch(second);
    first.onHear = () => {
      first.onHear = () => {};
      announcer.announce(news(2), subject);
    };
    announcer.announce(news(1), subject);
    expect([first.heard, second.heard]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test('tells those concerned once, watching or not, and never the one it is about', () => {
    const announcer = new Announcer();
    const [watching, concerned, subject] = [new Ear(), new Ear(), new Ear()];
    announcer.watch(watching);
    announcer.watch(subject);
    announcer.announce(news(1), subject, new Set([watching, concerned, subject]));
    expect([watching.heard, concerned.heard, subject.heard]).toEqual([[1], [1], []]);
  });

  test('goes on after a listener that throws', () => {
    const announcer = new Announcer();
    const [ear, subject] = [new Ear(), new Ear()];
    announcer.watch(ear);
    ear.onHear = () => {
      throw new Error('deaf');
    };
    expect(() => announcer.announce(news(1), subject)).toThrow('deaf');
    ear.onHear = () => {};
    announcer.announce(news(2), subject);
    expect(ear.heard).toEqual([1, 2]);
  });

  test('says nothing more once silenced', () => {
    const announcer = new Announcer();
    const [ear, subject] = [new Ear(), new Ear()];
    announcer.watch(ear);
    announcer.silence();
    announcer.announce(news(1), subject, new Set([ear]));
    expect(ear.heard).toEqual([]);
  });
});
