// Civil days as text, `2026-12-10`. Text of that form sorts as the days do.

const DAY = 86_400_000;
// For telling which of two lengths is the shorter.
const ROUGH = { d: 1, w: 7, mo: 30.4, y: 365 };

const number = (day) => Date.parse(`${day}T00:00:00Z`);
const text = (milliseconds) => new Date(milliseconds).toISOString().slice(0, 10);

export function plusDays(day, days) {
  return text(number(day) + days * DAY);
}

// The same day of the month; where the month is too short, its last one.
export function plusMonths(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return text(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

export function plus(day, duration) {
  const { count, unit } = length(duration);
  if (unit === "d" || unit === "w") return plusDays(day, count * ROUGH[unit]);
  return plusMonths(day, unit === "y" ? 12 * count : count);
}

export function shortest(durations) {
  const rough = (duration) => length(duration).count * ROUGH[length(duration).unit];
  return durations.reduce((a, b) => (rough(b) < rough(a) ? b : a), durations[0]);
}

export function daysBetween(from, to) {
  return (number(to) - number(from)) / DAY;
}

// The last day of `2026-10`, `2026-Q3` or `2026-W47`.
export function lastDay(period) {
  const [year, part] = period.split("-");
  if (part.startsWith("W")) {
    const fourth = `${year}-01-04`;
    const monday = plusDays(fourth, -((new Date(number(fourth)).getUTCDay() + 6) % 7));
    return plusDays(monday, 7 * Number(part.slice(1)) - 1);
  }
  const month = part.startsWith("Q") ? 3 * Number(part.slice(1)) : Number(part);
  return text(Date.UTC(Number(year), month, 0));
}

function length(duration) {
  const [, count, unit] = /^(\d+)([a-z]+)$/.exec(duration) ?? [];
  // Which days are open is not written in handbook.json.
  if (!(unit in ROUGH)) throw new Error(`no day can be worked out from ${duration} without knowing the closed days`);
  return { count: Number(count), unit };
}
