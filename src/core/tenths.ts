// Instants as a cookie or a challenge carries them: tenths of a second in 32 bits, which begin anew after 13 years.

export const TENTHS_BYTES = 4;

export function toTenths(nowNs: number): number {
  return Math.floor(nowNs / 1e8) >>> 0;
}

/** How old something is that was made at these tenths, in ms; what comes from the future is very old. */
export function ageOfTenthsMs(tenths: number, nowNs: number): number {
  return ((toTenths(nowNs) - tenths) >>> 0) * 100;
}
