// The limits of a chat message: the same over every transport, so that a chat works the same over each.

export const MAX_BODY_BYTES = 60_000;
export const MAX_SUBJECT_BYTES = 255;
export const MAX_NAME_BYTES = 64;

const ENVELOPE_BYTES = 3 + MAX_NAME_BYTES;
const LETTER_HEADER_BYTES = 6;

/** The longest frame that a client may begin with: a join needs fewer, whatever it asks for. */
export const MAX_OPENING_BYTES = 512;

/** The longest frame that any message can need; a transport that promises less can't carry the chat. */
export const MAX_FRAME_BYTES = ENVELOPE_BYTES + LETTER_HEADER_BYTES + MAX_SUBJECT_BYTES + MAX_BODY_BYTES;
