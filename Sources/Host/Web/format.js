// Quantities as people read them.

const minus = "\u2212";

function fixed(value, digits) {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? minus + text : text;
}

// {value: "11.0", unit: "kW"}; below 1 kW in whole watts.
export function powerParts(watts) {
  if (watts === null || watts === undefined) return { value: "\u2013", unit: "" };
  if (Math.abs(watts) < 999.5) return { value: fixed(watts, 0), unit: "W" };
  return { value: fixed(watts / 1000, Math.abs(watts) < 99950 ? 1 : 0), unit: "kW" };
}

export function power(watts) {
  const { value, unit } = powerParts(watts);
  return unit ? `${value}\u00a0${unit}` : value;
}

export function amperes(value) {
  return value === null || value === undefined ? "\u2013" : `${figure(value)}\u00a0A`;
}

export function figure(value) {
  return value === null || value === undefined ? "\u2013" : fixed(value, 1);
}

// A limit without digits that say nothing: 35, 12.5.
export function limit(value) {
  return String(Math.round(value * 10) / 10);
}

export function energy(wattHours) {
  if (wattHours < 999.5) return `${fixed(wattHours, 0)}\u00a0Wh`;
  const kilo = wattHours / 1000;
  return `${kilo < 1000 ? fixed(kilo, 1) : grouped(Math.round(kilo))}\u00a0kWh`;
}

export function clock(date) {
  return date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
}

export function hourAndMinute(date) {
  return date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

// 12 346: thin spaces between groups of three, as ISO 80000-1 writes numbers.
function grouped(whole) {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}
