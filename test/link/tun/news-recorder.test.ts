// What somebody who watches a link is told of its packets since he last asked.
import { expect, test } from 'vitest';
import { HEAD_BYTES } from '../../../src/link/news.ts';
import { NewsRecorder } from '../../../src/link/tun/news-recorder.ts';
import { fragments, ipv4, SYN, TCP, tcp, UDP, udp } from './packets.ts';
import { tellArrived, tellLostHere, tellOffered } from './tell.ts';

const payload = (first: number, sizeBytes = 20) => Uint8Array.from({ length: sizeBytes }, (_, at) => first + (at % 50));
const datagram = (first: number, sizeBytes?: number) => ipv4(UDP, udp(7, 9, payload(first, sizeBytes)));
const up = (bytes: Uint8Array) => ({ direction: 'up' as const, bytes, atNs: 5e9 });

test('a dropped datagram is told once, with its cause and its beginning', () => {
  const news = new NewsRecorder();
  tellOffered(news, up(datagram(1)));
  tellOffered(news, up(datagram(2)), { dropped: 'loss' });
  tellOffered(news, { ...up(datagram(3)), direction: 'down' }, { dropped: 'queue' });
  expect(news.take().lost).toEqual([
    { direction: 'up', cause: 'loss', head: payload(2) },
    { direction: 'down', cause: 'queue', head: payload(3) },
  ]);
  expect(news.take().lost).toEqual([]);
});

test('one that was damaged does not arrive, and one that this machine lost has a cause of its own', () => {
  const news = new NewsRecorder();
  tellOffered(news, up(datagram(1)), { corruptBit: 300 });
  tellLostHere(news, up(datagram(2)));
  expect(news.take().lost.map(({ cause }) => cause)).toEqual(['corrupt', 'carrier']);
});

test('what is kept does not change with the bytes it was read from, and is no longer than needed', () => {
  const news = new NewsRecorder();
  const bytes = datagram(1, 900);
  tellOffered(news, up(bytes), { dropped: 'loss' });
  bytes.fill(0);
  expect(news.take().lost[0]?.head).toEqual(payload(1, 900).subarray(0, HEAD_BYTES));
});

test.each([0, 1, 2])('a datagram in pieces is lost with any of them (%i)', (dropped) => {
  const news = new NewsRecorder();
  const pieces = fragments(4, UDP, udp(7, 9, payload(4, 2000)), 77, 800);
  for (const [at, bytes] of pieces.entries()) tellOffered(news, up(bytes), at === dropped ? { dropped: 'loss' } : {});
  expect(pieces).toHaveLength(3);
  const [lost, ...others] = news.take().lost;
  expect(others).toEqual([]);
  expect(lost?.head.subarray(0, 20)).toEqual(payload(4));
});

test('segments are no datagrams, and their arrivals are told on the machine’s clock', () => {
  const news = new NewsRecorder();
  const syn = ipv4(TCP, tcp({ from: 7, sequence: 100, flags: SYN }));
  const data = ipv4(TCP, tcp({ from: 7, sequence: 101, data: payload(1) }));
  tellOffered(news, up(data), { dropped: 'loss' });
  tellArrived(news, { ...up(syn), atNs: 5e9 });
  tellArrived(news, { ...up(data), atNs: 6e9 });
  tellArrived(news, { ...up(data), atNs: 7e9 }, true);
  const { lost, arrivals } = news.take();
  expect(lost).toEqual([]);
  expect(arrivals).toMatchObject({ offset: [0], sizeBytes: [20], arrivedNs: [6e9], sourcePort: [7] });
  // The stream goes on where it was, though what was told is told.
  tellArrived(news, { ...up(ipv4(TCP, tcp({ from: 7, sequence: 121, data: payload(1) }))), atNs: 8e9 });
  expect(news.take().arrivals).toMatchObject({ offset: [20], arrivedNs: [8e9] });
});

test('what nobody asks for is not kept for ever', () => {
  const news = new NewsRecorder();
  for (let at = 0; at < 10_005; at++) tellOffered(news, up(datagram(at % 200)), { dropped: 'loss' });
  const { lost } = news.take();
  expect(lost).toHaveLength(10_000);
  expect(lost[0]?.head[0]).toBe(5);
});
