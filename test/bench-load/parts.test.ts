import { expect, test } from 'vitest';
import { droppedByPort, receiveBufferErrors, socketBufferBytes } from '../../bench/load/kernel.ts';
import { numberedBody, numberIn } from '../../bench/load/numbered-body.ts';
import { whatIsMissing } from '../../bench/load/settings.ts';
import { isUtf8 } from '../../src/core/text.ts';

test.each([0, 1, 127, 128, 600_000, 2 ** 35 - 1])('a body bears the number %d, and is text', (number) => {
  const body = numberedBody(number, 64);
  expect(numberIn(body)).toBe(number);
  expect(body.length).toBe(64);
  expect(isUtf8(body)).toBe(true);
});

const UDP_TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  220: 0100007F:AEDD 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 5311 2 0000000000000000 17
  221: 0100007F:AEDE 0100007F:AEDD 01 00000000:00000000 00:00000000 00000000     0        0 5312 2 0000000000000000 0
`;

test("what the kernel dropped at each socket's buffer", () => {
  expect([...droppedByPort(UDP_TABLE)]).toEqual([
    [0xaedd, 17],
    [0xaede, 0],
  ]);
});

test('what it dropped at all of them', () => {
  const table =
    'Tcp: RtoAlgorithm\nTcp: 1\nUdp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors\nUdp: 9 8 7 6 5\n';
  expect(receiveBufferErrors(table)).toBe(5);
});

test('what it set aside for buffers', () => {
  const table = 'sockets: used 9\nTCP: inuse 1 orphan 0 tw 58 alloc 1 mem 281\nUDP: inuse 0 mem 3\nUDPLITE: inuse 0\n';
  expect(socketBufferBytes('tcp', table)).toBe(281 * 4096);
  expect(socketBufferBytes('udp', table)).toBe(3 * 4096);
});

const PORTS = { first: 32_768, last: 60_999 };

test('a machine that has enough lacks nothing', () => {
  expect(whatIsMissing(10_000, 20_000, PORTS)).toBeUndefined();
  expect(whatIsMissing(10_000, undefined, PORTS)).toBeUndefined();
});

test('one that has too few files, or ports, is told the command', () => {
  expect(whatIsMissing(10_000, 1024, PORTS)).toMatch(/limit is 1024.*ulimit -n 10600/);
  expect(whatIsMissing(30_000, 40_000, PORTS)).toMatch(/gives out 28232.*ip_local_port_range/);
});
