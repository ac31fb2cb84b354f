// The normal distribution and Student's, computed and not tabulated, to the last digits of a double.

/** Φ, by its series (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.11); for |z| up to 6. */
export function normalBelow(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= z ** 2 / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(z ** 2) / 2)) / Math.sqrt(2 * Math.PI);
}

/** The z with Φ(z) = p. */
export function normalQuantile(p: number): number {
  return inverse(normalBelow, p, 6);
}

/** The t with P(T ≤ t) = p for a whole number of degrees of freedom, at most 10,000 in size. */
export function studentQuantile(p: number, degrees: number): number {
  return inverse((t) => studentBelow(t, degrees), p, 1e4);
}

/** Abramowitz and Stegun 26.7.3 and 26.7.4: a finite sum in the angle whose tangent is t / √degrees. */
function studentBelow(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const cos2 = Math.cos(angle) ** 2;
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k < degrees; k += 2) {
    term *= (cos2 * (k - 1)) / k;
    sum += term;
  }
  const within = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return 0.5 + within / 2;
}

// Bisection: slow, sure, and done once for an interval.
function inverse(below: (x: number) => number, p: number, largest: number): number {
  let low = -largest;
  let high = largest;
  for (let middle = 0; low < middle || middle < high; ) {
    if (below(middle) < p) low = middle;
    else high = middle;
    const next = (low + high) / 2;
    if (next === middle || next === low || next === high) return next;
    middle = next;
  }
  return high;
}
