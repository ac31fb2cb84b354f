export { expose, type Remote, remote } from '../rpc.ts';
