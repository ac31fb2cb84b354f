import { udp } from '../../src/udp/udp.ts';
import { openDatagramLink } from '../support/datagram-link.ts';
import { describeTransport } from './describe-transport.ts';

describeTransport({ transport: udp, openLink: openDatagramLink });
