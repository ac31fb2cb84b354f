// A server process and the chat processes of one test.
import { type LabProcess, startLab } from './lab-process.ts';

export interface Room {
  readonly server: LabProcess;
  readonly port: string;
}

export async function openRoom(...options: readonly string[]): Promise<Room> {
  const server = startLab(['serve', '--port', '0', ...options]);
  await server.prints(/Listening on .*:\d+\./);
  return { server, port: /Listening on .*:(\d+)\./.exec(server.stdout)![1]! };
}

/** Resolves when the user has joined. */
export async function enter({ port }: Room, name: string, transport = 'tcp'): Promise<LabProcess> {
  const user = startLab(['chat', '--port', port, '--transport', transport, '--name', name]);
  await user.prints(`You are ${name} at 127.0.0.1:${port} over ${transport}.`);
  return user;
}
