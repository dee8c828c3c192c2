// What the seeds of variants allow to say: ranges, orders, verdicts. Pure functions, no page.
// A row is {name, parameters, scores, mean, training_seconds, prediction_seconds}.

/** Return the lowest and the highest score of a row. */
export const rangeOf = ({ scores }) => ({ low: Math.min(...scores), high: Math.max(...scores) });

/** Say whether the ranges of two rows lie apart; ranges that touch do not. */
export function isClear(one, two) {
  const [a, b] = [rangeOf(one), rangeOf(two)];
  return a.low > b.high || a.high < b.low;
}

/** Return how far the worst score of the higher range is above the best of the lower; 0 if they meet. */
export function leastLead(one, two) {
  const [a, b] = [rangeOf(one), rangeOf(two)];
  return Math.max(0, a.low - b.high, b.low - a.high);
}

/** Return how often the ranges of so many scores each lie apart although both variants are alike. */
export function chanceApart(seeds, others) {
  let ways = 1;
  for (let i = 1; i <= seeds; i += 1) ways = (ways * (others + i)) / i;
  return 2 / ways;
}

/** Return the indices of the rows as the table shows them; `key` is a field, or undefined for their own order. */
export function orderOf(rows, key, descending) {
  if (!key) return rows.map((_, place) => place);
  const values = rows.map((row) => (key === "name" ? row.name.toLowerCase() : row[key]));
  const sign = descending ? -1 : 1;
  const compare = (a, b) => (values[a] < values[b] ? -sign : values[a] > values[b] ? sign : 0);
  return rows.map((_, place) => place).sort(compare);
}

/** Count the scores on the better side of a baseline. */
export const betterThan = ({ scores }, baseline, higherIsBetter) =>
  scores.filter((score) => (higherIsBetter ? score > baseline : score < baseline)).length;

/** Return the names of all rows whose range meets that of the best mean. */
export function leadersOf(rows, { higher_is_better }) {
  const best = rows[orderOf(rows, "mean", higher_is_better)[0]];
  return rows.filter((row) => !isClear(row, best)).map(({ name }) => name);
}

/** Write a positive number rounded down, with as many more digits as it takes not to read zero. */
export function writtenLeast(value, digits) {
  let more = digits;
  while (more < digits + 11 && Math.floor(value * 10 ** more + 1e-6) === 0) more += 1;
  return format(Math.floor(value * 10 ** more + 1e-6) / 10 ** more, more);
}

/** Say in one sentence what the seeds allow: no rank, or which of two rows is better and by how much. */
export function verdictOf(one, two, { score, digits, higher_is_better }) {
  if (one === two) return `Both are ${one.name}: pick another variant to compare.`;
  const [a, b] = [rangeOf(one), rangeOf(two)];
  if (!isClear(one, two)) {
    const [first, second] = [[one, a], [two, b]].map(
      ([{ name }, { low, high }]) => `${name} from ${format(low, digits)} to ${format(high, digits)}`);
    return `≈ They cannot be ranked: over the seeds the ranges of ${score} overlap, ${first}, ${second}.`;
  }
  const [better, worse] = a.low > b.high === higher_is_better ? [one, two] : [two, one];
  return `✓ ${better.name} is better than ${worse.name}, by at least ${writtenLeast(leastLead(one, two), digits)} ` +
    `of ${score}: its worst seed is ahead of the other's best.`;
}

/** Return the ends of a scale that just holds all scores of some rows, and all of some further numbers. */
export function scaleOf(rows, others = []) {
  const all = [...rows.flatMap(({ scores }) => scores), ...others];
  return { low: Math.min(...all), high: Math.max(...all) };
}
