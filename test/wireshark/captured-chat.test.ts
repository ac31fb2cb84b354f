// A real chat over both transports, captured as it crosses the emulated link, and read with the dissector.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type TestContext, test } from 'vitest';
import { LAB, lab } from '../cli/lab.ts';
import { needs } from '../support/ability.ts';
import { chatPackets, fieldsOf, freshFolder, LIMIT_MS, needsDissector, packetList } from './tshark.ts';

const LIBRARY = fileURLToPath(new URL('../../dist/src/index.js', import.meta.url));

/** Ana over TCP writes to Bia over UDP, who answers with more than fits in a packet. */
const TALK = `
  import { connect } from ${JSON.stringify(LIBRARY)};
  const host = process.env.LAB_SERVER;
  const join = async (name, transport) => {
    let onMessage;
    const message = new Promise((resolve) => { onMessage = resolve; });
    const onEvent = (event) => event.kind === 'message' && onMessage();
    return { user: await connect({ host, name, transport, onEvent }), message };
  };
  const ana = await join('Ana', 'tcp');
  const bia = await join('Bia', 'udp');
  ana.user.send({ to: 'Bia', subject: 'Oi', body: 'olá' });
  await bia.message;
  bia.user.send({ to: 'Ana', subject: 'Longo', body: 'x'.repeat(5000) });
  await ana.message;
  await Promise.all([ana.user.close(), bia.user.close()]);`;

async function capturedChat(context: TestContext): Promise<string> {
  needs(context, process.getuid?.() === 0 && existsSync('/dev/net/tun'), 'it needs root and /dev/net/tun');
  needsDissector(context);
  const file = join(freshFolder(), 'chat.pcapng');
  const server = `${process.execPath} ${LAB} serve --host 10.77.0.1`;
  const talk = [process.execPath, '--input-type=module', '-e', TALK];
  const link = lab('link', 'run', '--delay', '5ms', '--pcap', file, '--server', server, '--', ...talk);
  expect(await link.ends(), link.err).toBe(0);
  return file;
}

test('who joined and what was sent, over TCP and over UDP', { timeout: LIMIT_MS }, async (context) => {
  const file = await capturedChat(context);
  const fields = ['frame.interface_name', 'lab.kind', 'lab.name', 'lab.subject', 'lab.number'];
  // Each once: on a slow machine a client may have repeated what opens its session.
  const rows = (filter: string) => {
    const all = fieldsOf(file, fields, '-Y', `lab.kind && ${filter}`).map((row) => row.flat());
    return all.filter((row, i) => all.findIndex((other) => `${other}` === `${row}`) === i);
  };
  // A segment is read where it is seen first: on its way out of its sender.
  expect(rows('tcp')).toEqual([
    ['clients', 'JOIN', 'Ana'],
    ['server', 'WELCOME', 'Ana'],
    ['clients', 'SEND', 'Bia', 'Oi', '1'],
    ['server', 'DELIVER', 'Bia', 'Longo', '1'],
  ]);
  expect(rows('udp')).toEqual([
    ['clients', 'JOIN', 'Bia'],
    ['server', 'JOIN', 'Bia'],
    ['server', 'WELCOME', 'Bia'],
    ['clients', 'WELCOME', 'Bia'],
    ['server', 'DELIVER', 'Ana', 'Oi', '1'],
    ['clients', 'DELIVER', 'Ana', 'Oi', '1'],
    ['clients', 'SEND', 'Ana', 'Longo', '1'],
    ['server', 'SEND', 'Ana', 'Longo', '1'],
  ]);
  expect(fieldsOf(file, ['lab.body'], '-Y', 'tcp && lab.subject == "Longo"')).toEqual([[['x'.repeat(5000)]]]);
  const infos = chatPackets(file).map(({ info }) => info);
  expect(infos).toEqual(expect.arrayContaining(['HELLO', 'COOKIE', 'OPEN, JOIN as Bia', 'SEND to Bia #1', 'CLOSE']));
  expect(packetList(file, '-Y', 'lab.malformed')).toEqual([]);
});
