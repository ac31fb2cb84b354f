// What a program that uses the lab as a library may import.

export { type ConnectOptions, connect } from './connect.ts';
export { Client, type ClientEvent, type OutgoingMessage, type Sent } from './core/client.ts';
export { CallerError, MachineError, PeerError } from './core/errors.ts';
export { type Letter, NO_SUBJECT } from './core/letter.ts';
export { MAX_BODY_BYTES, MAX_FRAME_BYTES, MAX_NAME_BYTES, MAX_SUBJECT_BYTES } from './core/limits.ts';
export { EVERYONE } from './core/name.ts';
export { describeFarewell, describeRefusal } from './core/refusal.ts';
export type { Person } from './core/server-frame.ts';
export type { RouterObserver } from './core/session.ts';
export type { Channel, CloseCause, Promises, SendOutcome, Timing, Transport } from './core/transport.ts';
export { type ChatServer, DEFAULT_HOST, DEFAULT_PORT, type ServeOptions, serve } from './serve.ts';
export { SharedSecret } from './shared-secret.ts';
export { transports } from './transports.ts';
