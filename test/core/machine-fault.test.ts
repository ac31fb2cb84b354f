import { describe, expect, test } from 'vitest';
import { CallerError, MachineError, PeerError } from '../../src/core/errors.ts';
import { formatAddress, machineFault } from '../../src/core/machine-fault.ts';

const AT = { transport: 'udp', host: 'lugar', port: 9 };

describe('what the operating system says becomes what to do', () => {
  test.each([
    ['EADDRINUSE', /^Port 9 is taken at lugar:9 over udp\. Stop what uses it/],
    ['EADDRNOTAVAIL', /no address lugar\. Listen on one/],
    ['EACCES', /Choose a port from 1024 up/],
    ['ENOTFOUND', /"lugar" does not resolve/],
    ['EAI_AGAIN', /"lugar" does not resolve/],
    ['ECONNREFUSED', /^Nobody listens at lugar:9 over udp\. Start a server/],
    ['ETIMEDOUT', /^Nobody answered at lugar:9/],
    ['EHOSTUNREACH', /^No way leads to lugar:9/],
    ['ENETUNREACH', /^No way leads to lugar:9/],
    ['EMFILE', /ulimit -n/],
    ['ABORT_ERR', /^Stopped before lugar:9/],
  ])('%s', (code, words) => {
    const fault = machineFault({ code }, AT);
    expect(fault).toBeInstanceOf(MachineError);
    expect(fault).toMatchObject({
      name: 'MachineError',
      fault: 'machine',
      code,
      message: expect.stringMatching(words),
    });
  });
});

describe('what is in no table is told as it came', () => {
  test.each([
    ['an error with a code', Object.assign(new Error('no buffer'), { code: 'ENOBUFS' }), 'ENOBUFS', 'no buffer'],
    ['an error without', new Error('odd'), 'UNKNOWN', 'odd'],
    ['a code alone', { code: 'EPERM' }, 'EPERM', 'it failed with EPERM'],
    ['a code that objects have too', { code: 'constructor' }, 'constructor', 'it failed with constructor'],
    ['nothing', undefined, 'UNKNOWN', 'it failed with UNKNOWN'],
  ])('%s', (_, error, code, words) => {
    const { message, code: told } = machineFault(error, AT);
    expect([told, message]).toEqual([code, `lugar:9 over udp: ${words}.`]);
  });
});

test.each([
  ['127.0.0.1', '127.0.0.1:80'],
  ['::1', '[::1]:80'],
  ['lugar', 'lugar:80'],
])('the address of %s is %s', (host, address) => {
  expect(formatAddress(host, 80)).toBe(address);
});

test('errors are told apart by whose fault they are', () => {
  const errors = [new CallerError('a'), new PeerError('c', 'b'), new MachineError('d', 'e')];
  expect(errors.map(({ name, fault, message }) => [name, fault, message])).toEqual([
    ['CallerError', 'caller', 'a'],
    ['PeerError', 'peer', 'b'],
    ['MachineError', 'machine', 'e'],
  ]);
});
