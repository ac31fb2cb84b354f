// Which known names somebody may have meant.

const MOST = 3;

/** The names that hold what was given, or else those that differ from it by few letters; nearest first. */
export function nearest(given: string, names: readonly string[]): string[] {
  const asked = given.toLowerCase();
  const holding = asked.length < 3 ? [] : names.filter((name) => name.includes(asked));
  if (holding.length > 0) return holding.slice(0, MOST);
  const limit = Math.max(1, Math.floor(asked.length / 3));
  return names
    .map((name) => ({ name, distance: editDistance(asked, name) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** Letters to add, drop or change (Levenshtein). */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[b.length]!;
}
