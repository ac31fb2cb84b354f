import { expect, test } from 'vitest';
import { Host } from '../../simulation/host.ts';
import { SimulatedSocket } from '../../simulation/streams.ts';
import { World } from '../../simulation/world.ts';

const SEEDS = Array.from({ length: 100 }, (_, at) => at + 1);

/** Two ends across a network of any delay. */
function stream(seed: number) {
  const world = new World(seed);
  const hosts = { client: new Host(world), server: new Host(world) };
  const network = { delayMs: () => world.between(1, 500) };
  const ends = SimulatedSocket.pair(world, network, hosts, { client: 1, server: 2 });
  const heard: string[] = [];
  return {
    ...ends,
    heard,
    accept: () => {
      heard.push('accepted');
      ends.server.on('data', (bytes) => heard.push(Buffer.from(bytes).toString()));
      ends.server.on('error', () => heard.push('reset'));
    },
    run: () => world.run(60_000, () => {}),
  };
}

test('what is sent at once comes when the other end has accepted, whole and in order', () => {
  for (const seed of SEEDS) {
    const { client, heard, accept, run } = stream(seed);
    client.connect(accept);
    client.write(Buffer.from('one,'), () => {});
    client.write(Buffer.from('two'), () => {});
    run();
    expect(heard[0]).toBe('accepted');
    expect(heard.slice(1).join('')).toBe('one,two');
  }
});

test('where nobody accepts, the client is reset', () => {
  for (const seed of SEEDS) {
    const { client, run } = stream(seed);
    const errors: Error[] = [];
    client.on('error', (error) => errors.push(error));
    client.connect(() => {});
    client.write(Buffer.from('anybody?'), () => {});
    run();
    expect(errors.map(({ message }) => message)).toEqual(['read ECONNRESET']);
  }
});
