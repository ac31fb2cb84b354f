// What a person does across a link of packets, on host `clients`: it has his terminal.
import { remoteParent } from '../../src/rpc.ts';
import type { FarSideApi } from '../across/far-side.ts';
import { remoteLink } from '../across/remote-link.ts';
import { perform } from '../across/task.ts';
import { tellError } from '../errors.ts';
import { watchReader } from '../reader-gone.ts';

watchReader();
const far = remoteParent<FarSideApi>('link');
try {
  const { task, link } = await far.task(undefined);
  await perform(task, remoteLink(far, link), () => far.heard(undefined));
} catch (error) {
  process.exitCode = tellError(error);
}
// Whoever holds the link may have been killed.
if (process.connected) process.disconnect();
