// The chat server as the controller calls it in its own process.

export interface ServerApi {
  /** Listens on every transport named; answers the port. */
  listen(at: { readonly transports: readonly string[]; readonly host: string }): Promise<number>;
}
