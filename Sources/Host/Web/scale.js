// A scale whose steps are 1, 2 or 5 times a power of ten.

export function scale(least, most, steps) {
  const span = Math.max(most - least, 1);
  const raw = span / steps;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw);
  const low = Math.floor(least / step) * step;
  const high = Math.ceil(most / step) * step;
  const ticks = [];
  for (let value = low; value <= high + step / 2; value += step) ticks.push(Math.round(value * 1000) / 1000);
  return { low, high: Math.max(high, low + step), ticks };
}
