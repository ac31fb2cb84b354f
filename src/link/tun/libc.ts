// The few calls of the C library that Node does not offer and a TUN device needs. Loaded only where one is opened: the
// FFI library is an optional dependency.
import { LinkMachineError, systemCode } from '../machine-error.ts';

export interface Libc {
  /** Opens a TUN device of this name in the present network namespace; answers its file descriptor. */
  openTun(name: string, content: TunContent): number;
  /** Answers the bytes read, 0 where nothing waits, or minus the error number. */
  read(fd: number, into: Uint8Array, maxBytes: number): number;
  /** Answers the bytes written, or minus the error number. */
  write(fd: number, from: Uint8Array, sizeBytes: number): number;
  /** A wait for these descriptors: until one of them can be read, or for as long as `timeoutNs` says when it begins. */
  readableWait(fds: readonly number[], timeoutNs: Float64Array): () => void;
  /** Puts the nanoseconds of the machine's monotonic clock here. As an answer, a number so large is an object. */
  readClock(into: Float64Array): void;
  /** Makes waits end when they are due and not up to 50 µs later, as is the kernel's default. */
  sharpenTimers(): void;
}

/**
 * `packets`: what is read and written is an IP packet. `frames`: see `Frame`; what is read may be several segments of one
 * TCP stream in one, and checksums are left to do.
 */
export type TunContent = 'packets' | 'frames';

const O_RDWR = 2;
const O_NONBLOCK = 0x800;
const TUNSETIFF = 0x400454ca;
const IFF_TUN = 0x0001;
const IFF_NO_PI = 0x1000;
const IFF_VNET_HDR = 0x4000;
const TUNSETOFFLOAD = 0x400454d0;
/** Checksums, and segmentation of TCP over IPv4 and over IPv6. */
const OFFLOADS = 0x01 | 0x02 | 0x04;
const IFREQ_BYTES = 40;
const FLAGS_OFFSET = 16;
const POLLFD_BYTES = 8;
const POLLIN = 1;
const EAGAIN = 11;
const CLOCK_MONOTONIC = 1;
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
  const ioctlNumber = libc.func('int ioctl(int fd, unsigned long request, unsigned long argument)');
  const read = libc.func('int64_t read(int fd, void *into, size_t count)');
  const write = libc.func('int64_t write(int fd, void *from, size_t count)');
  const ppoll = libc.func('int ppoll(void *fds, unsigned long count, void *timeout, void *signals)');
  const clockGettime = libc.func('int clock_gettime(int clock, void *time)');
  const prctl = libc.func('int prctl(int option, unsigned long value)');
  const now = newTime();
  return {
    openTun(name, content) {
      const fd: number = open('/dev/net/tun', O_RDWR | O_NONBLOCK);
      if (fd < 0) throw failure('/dev/net/tun can not be opened', koffi.errno());
      const request = Buffer.alloc(IFREQ_BYTES);
      request.write(name, 'latin1');
      request.writeUInt16LE(IFF_TUN | IFF_NO_PI | (content === 'frames' ? IFF_VNET_HDR : 0), FLAGS_OFFSET);
      const isMade = ioctl(fd, TUNSETIFF, request) === 0;
      if (isMade && (content === 'packets' || ioctlNumber(fd, TUNSETOFFLOAD, OFFLOADS) === 0)) return fd;
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
    readableWait(fds, timeoutNs) {
      const pollSet = new Int32Array((fds.length * POLLFD_BYTES) / 4);
      for (const [index, fd] of fds.entries()) pollSet.set([fd, POLLIN], (index * POLLFD_BYTES) / 4);
      const timeout = newTime();
      return () => {
        timeout[SECONDS] = timeoutNs[0]! / 1e9;
        timeout[NANOSECONDS] = timeoutNs[0]! % 1e9;
        ppoll(pollSet, fds.length, timeout, null);
      };
    },
    readClock(into) {
      clockGettime(CLOCK_MONOTONIC, now);
      into[0] = now[SECONDS]! * 1e9 + now[NANOSECONDS]!;
    },
    sharpenTimers: () => prctl(PR_SET_TIMERSLACK, 1),
  };
}

const SECONDS = 0;
const NANOSECONDS = 2;

/** `struct timespec`: two numbers of 64 bits, whose upper halves stay 0 for 136 years of uptime. */
function newTime(): Uint32Array {
  return new Uint32Array(4);
}

function failure(what: string, errno: number): LinkMachineError {
  const names: Record<number, string> = { 1: 'EPERM', 2: 'ENOENT', 13: 'EACCES', 16: 'EBUSY', 19: 'ENODEV' };
  const name = names[errno] ?? `error ${errno}`;
  return new LinkMachineError(name, `${what} (${name}).`);
}
