// What can be wrong with the making of a PDF, whatever is in it.

// The same pack, made in several ways: each way with its bytes.
export function sameFlaws(bytes, others) {
  return Object.entries(others).flatMap(([way, other]) => (bytes.equals(other) ? [] : [`is not the same from ${way}`]));
}

// The person who builds is told of each name that no font has letters for, and of nothing else.
export function noteFlaws(said, slug, names) {
  const notes = said.filter((line) => line.startsWith("Note:") && line.includes(`exit/${slug}/pack.pdf`));
  if (names.length === 0) return notes.map((note) => `nothing had to be said, but: ${note}`);
  return names.filter((name) => !notes.some((note) => note.includes(name))).map((name) => `${name} is not named: ${notes.join(" ")}`);
}
