// One phase as a bar: parts from the left, each with its class and size, a mark, and a figure.

import { element, setAttribute, setStyle } from "/web/dom.js";

export function makePhase(number) {
  const bar = element("div", { class: "bar", role: "meter", "aria-valuemin": "0" });
  const figure = element("span", { class: "figure" });
  const row = element(
    "div", { class: "phase" }, element("span", { class: "name", "aria-hidden": "true" }, `L${number}`), bar, figure);
  row.parts = { bar, figure, segments: new Map() };
  return row;
}

// `parts`: [{name, from, to}] in the unit of `full`; what is beyond `full` is cut off.
export function showParts(row, parts, full) {
  const { bar, segments } = row.parts;
  for (const part of parts) {
    let segment = segments.get(part.name);
    if (!segment) {
      segment = element("i", { class: part.name });
      segments.set(part.name, segment);
      bar.append(segment);
    }
    const from = share(part.from, full);
    setStyle(segment, "left", `${from}%`);
    if (part.to !== undefined) setStyle(segment, "width", `${Math.max(0, share(part.to, full) - from)}%`);
    segment.hidden = part.hidden ?? false;
  }
}

// What a screen reader says of the bar.
export function describe(row, label, now, full, text) {
  setAttribute(row.parts.bar, "aria-label", label);
  setAttribute(row.parts.bar, "aria-valuenow", Math.round(now * 10) / 10);
  setAttribute(row.parts.bar, "aria-valuemax", full);
  setAttribute(row.parts.bar, "aria-valuetext", text);
}

function share(value, full) {
  if (!(full > 0)) return 0;
  return Math.round(Math.min(1, Math.max(0, value / full)) * 10000) / 100;
}
