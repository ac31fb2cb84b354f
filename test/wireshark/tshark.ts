// tshark with the chat's dissector, on captures that a test writes itself or that the emulator wrote.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, type TestContext } from 'vitest';
import { interfaceDescription, packetBlockBytes, sectionHeader, writePacket } from '../../src/link/tun/pcapng.ts';
import { ip, TCP, tcp, UDP, u32, udp, type Version } from '../link/tun/packets.ts';
import { needs } from '../support/ability.ts';
import { joined } from '../support/hex.ts';

export const LIMIT_MS = 30_000;
export const CHAT_PORT = 44_765;
const CLIENT_PORT = 50_000;
const DISSECTOR = fileURLToPath(new URL('../../wireshark/transport-lab.lua', import.meta.url));
const ORIGINAL_LENGTH_OFFSET = 24;

/** What a packet has on which a dissector failed. */
const FAILED = '_ws.lua.error';

/** A folder that is gone after the test. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

let knowsLab: boolean | undefined;

/** Some builds have no Lua, and some run no scripts for the superuser. Debian's does both. */
export function needsDissector(context: TestContext): void {
  // Where the script was not run, the filter names what tshark does not know.
  knowsLab ??= tshark(new Conversation().save(), '-Y', 'lab').status === 0;
  needs(context, knowsLab, 'it needs a tshark that runs Lua scripts (on Debian: apt install tshark)');
}

/** Packets of one client, written down in the order of these calls. */
export class Conversation {
  readonly #blocks: Uint8Array[] = [sectionHeader('test'), interfaceDescription('test')];
  readonly #port: number;
  readonly #version: Version;
  #sequence = 1;
  #packets = 0;

  constructor({ port = CHAT_PORT, version = 4 }: { port?: number; version?: Version } = {}) {
    this.#port = port;
    this.#version = version;
  }

  /** @param capturedBytes where the capture holds less than the packet */
  datagram(data: Uint8Array, capturedBytes?: number): this {
    return this.#put(ip(this.#version, UDP, udp(CLIENT_PORT, this.#port, data)), capturedBytes);
  }

  segment(data: Uint8Array, capturedBytes?: number): this {
    const segment = tcp({ from: CLIENT_PORT, to: this.#port, sequence: this.#sequence, data });
    this.#sequence += data.length;
    return this.#put(ip(this.#version, TCP, segment), capturedBytes);
  }

  /** Writes the capture; answers its file. */
  save(): string {
    const file = join(freshFolder(), 'test.pcapng');
    writeFileSync(file, joined(...this.#blocks));
    return file;
  }

  #put(packet: Uint8Array, capturedBytes = packet.length): this {
    const block = Buffer.alloc(packetBlockBytes(capturedBytes, ''));
    writePacket(block, 0, 0, { high: 0, low: this.#packets++ }, packet, capturedBytes, '');
    block.writeUInt32LE(packet.length, ORIGINAL_LENGTH_OFFSET);
    this.#blocks.push(block);
    return this;
  }
}

/** A frame as a stream has it. */
export function onStream(frame: Uint8Array): Uint8Array {
  return joined(u32(frame.length), frame);
}

/** What the list of packets shows of each: protocol and info. The dissector has failed on none of them. */
export function packetList(file: string, ...options: string[]): { protocol: string; info: string }[] {
  const columns = `gui.column.format:"Protocol","%p","Failed","%Cus:${FAILED}","Info","%i"`;
  return run(file, '-T', 'tabs', '-o', columns, ...options).map((row) => {
    const [protocol = '', failed = '', info = ''] = row.split('\t');
    expect(failed.trim()).toBe('');
    return { protocol: protocol.trim(), info };
  });
}

/** The packets that carry the chat; those that only a stream's next one completes do not say so. */
export function chatPackets(file: string): { protocol: string; info: string }[] {
  return packetList(file, '-Y', `lab || ${FAILED}`);
}

/** These fields of each packet; where a packet has one several times, all of them. The dissector has failed on none of them. */
export function fieldsOf(file: string, fields: readonly string[], ...options: string[]): string[][][] {
  const names = [FAILED, ...fields].flatMap((name) => ['-e', name]);
  return run(file, '-T', 'fields', '-E', 'aggregator=|', ...names, ...options).map((row) => {
    const [failed, ...values] = row.split('\t');
    expect(failed).toBe('');
    return values.map((value) => (value === '' ? [] : value.split('|')));
  });
}

function run(file: string, ...options: string[]): string[] {
  const { stdout, stderr, status } = tshark(file, ...options);
  expect(status, stderr).toBe(0);
  expect(stderr).not.toContain('Lua');
  return stdout.split('\n').slice(0, -1);
}

function tshark(file: string, ...options: string[]) {
  return spawnSync('tshark', ['-X', `lua_script:${DISSECTOR}`, '-r', file, ...options], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
}
