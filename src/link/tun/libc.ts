// The few calls of the C library that Node does not offer and a TUN device needs. Loaded only where one is opened: the
// FFI library is an optional dependency.
import { LinkMachineError, systemCode } from '../machine-error.ts';

export interface Libc {
  /** Opens a TUN device of this name in the present network namespace; answers its file descriptor. */
  openTun(name: string): number;
  /** Answers the bytes read, 0 where nothing waits, or minus the error number. */
  read(fd: number, into: Uint8Array, maxBytes: number): number;
  /** Answers the bytes written, or minus the error number. */
  write(fd: number, from: Uint8Array, sizeBytes: number): number;
  /** A wait for these descriptors: until one of them can be read, or for so long. */
  readableWait(fds: readonly number[]): (timeoutNs: number) => void;
  /** Makes waits end when they are due and not up to 50 µs later, as is the kernel's default. */
  sharpenTimers(): void;
}

const O_RDWR = 2;
const O_NONBLOCK = 0x800;
const TUNSETIFF = 0x400454ca;
const IFF_TUN = 0x0001;
const IFF_NO_PI = 0x1000;
const IFREQ_BYTES = 40;
const FLAGS_OFFSET = 16;
const POLLFD_BYTES = 8;
const POLLIN = 1;
const EAGAIN = 11;
const PR_SET_TIMERSLACK = 29;

/** @throws LinkMachineError where the FFI library or the C library can't be loaded */
export async function loadLibc(): Promise<Libc> {
  const koffi = await import('koffi').then(
    ({ default: loaded }) => loaded,
    (error: Error) => {
      if (systemCode(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
      throw new LinkMachineError(
        'NO_FFI',
        'The optional package koffi is not installed: install without --omit=optional.',
      );
    },
  );
  const libc = koffi.load('libc.so.6');
  const open = libc.func('int open(const char *path, int flags)');
  const close = libc.func('int close(int fd)');
  const ioctl = libc.func('int ioctl(int fd, unsigned long request, void *argument)');
  const read = libc.func('int64_t read(int fd, void *into, size_t count)');
  const write = libc.func('int64_t write(int fd, void *from, size_t count)');
  const ppoll = libc.func('int ppoll(void *fds, unsigned long count, void *timeout, void *signals)');
  const prctl = libc.func('int prctl(int option, unsigned long value)');
  return {
    openTun(name) {
      const fd: number = open('/dev/net/tun', O_RDWR | O_NONBLOCK);
      if (fd < 0) throw failure('/dev/net/tun can not be opened', koffi.errno());
      const request = Buffer.alloc(IFREQ_BYTES);
      request.write(name, 'latin1');
      request.writeUInt16LE(IFF_TUN | IFF_NO_PI, FLAGS_OFFSET);
      if (ioctl(fd, TUNSETIFF, request) === 0) return fd;
      const errno = koffi.errno();
      close(fd);
      throw failure('a TUN device can not be made', errno);
    },
    read(fd, into, maxBytes) {
      const sizeBytes: number = read(fd, into, maxBytes);
      if (sizeBytes >= 0) return sizeBytes;
      const errno = koffi.errno();
      return errno === EAGAIN ? 0 : -errno;
    },
    write(fd, from, sizeBytes) {
      const written: number = write(fd, from, sizeBytes);
      return written >= 0 ? written : -koffi.errno();
    },
    readableWait(fds) {
      const pollSet = new Int32Array((fds.length * POLLFD_BYTES) / 4);
      for (const [index, fd] of fds.entries()) pollSet.set([fd, POLLIN], (index * POLLFD_BYTES) / 4);
      // Seconds and nanoseconds of 64 bits each, of which the upper halves stay 0.
      const timeout = new Uint32Array(4);
      return (timeoutNs) => {
        timeout[0] = timeoutNs / 1e9;
        timeout[2] = timeoutNs % 1e9;
        ppoll(pollSet, fds.length, timeout, null);
      };
    },
    sharpenTimers: () => prctl(PR_SET_TIMERSLACK, 1),
  };
}

function failure(what: string, errno: number): LinkMachineError {
  const names: Record<number, string> = { 1: 'EPERM', 2: 'ENOENT', 13: 'EACCES', 16: 'EBUSY', 19: 'ENODEV' };
  const name = names[errno] ?? `error ${errno}`;
  return new LinkMachineError(name, `${what} (${name}).`);
}
