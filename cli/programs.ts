// The lab's own processes, as built.

export const PROGRAMS = {
  server: new URL('./processes/server.js', import.meta.url),
  worker: new URL('./processes/worker.js', import.meta.url),
  relay: new URL('./processes/relay.js', import.meta.url),
  across: new URL('./processes/across.js', import.meta.url),
  doors: new URL('./processes/doors.js', import.meta.url),
  emulator: new URL('./processes/emulator.js', import.meta.url),
};
