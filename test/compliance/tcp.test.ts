import { tcp } from '../../src/tcp/tcp.ts';
import { openStreamLink } from '../support/stream-link.ts';
import { describeTransport } from './describe-transport.ts';

describeTransport({ transport: tcp, openLink: openStreamLink });
