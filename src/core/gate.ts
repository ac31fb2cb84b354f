// Who may join a server that shares a secret with its users. The server asks with a challenge, and the answer proves that one
// knows the secret without showing it; the server's own proof comes back with the welcome. How that is computed is not the
// core's: it has no cryptography.
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

export const CHALLENGE_BYTES = 24;
export const NONCE_BYTES = 16;
export const PROOF_BYTES = 32;

/** What a client adds to its join. */
export interface JoinProof {
  /** The server's, as it came. */
  readonly challenge: Uint8Array;
  /** The client's own chance, for the server's proof. */
  readonly nonce: Uint8Array;
  readonly proof: Uint8Array;
}

/** What is proved: that one who knows the secret asks for this name. */
export interface JoinClaim {
  readonly name: string;
  readonly wantsPresence: boolean;
}

/** A server's side. */
export interface Gate {
  challenge(nowNs: number): Uint8Array;
  /** Whether this answers a challenge of this gate that is fresh and was not answered before. */
  admits(claim: JoinClaim, proof: JoinProof, nowNs: number): boolean;
  /** What proves the server to whoever joined with `proof`. */
  welcome(name: string, proof: JoinProof): Uint8Array;
}

export function readJoinProof(reader: ByteReader): JoinProof {
  return {
    challenge: reader.bytes('challenge', CHALLENGE_BYTES),
    nonce: reader.bytes('nonce', NONCE_BYTES),
    proof: reader.bytes('proof', PROOF_BYTES),
  };
}

export function writeJoinProof(writer: ByteWriter, { challenge, nonce, proof }: JoinProof): ByteWriter {
  return writer.raw(challenge).raw(nonce).raw(proof);
}
