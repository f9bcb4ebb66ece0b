// The circuits as a tree; each phase as a bar against its limit.

import { element, keep, setText } from "/web/dom.js";
import { amperes, figure, limit } from "/web/format.js";
import { describe, makePhase, showParts } from "/web/phase-bar.js";

export function showCircuits(parent, site) {
  const below = (id) => site.circuits.filter((circuit) => circuit.parent === id);
  const showLevel = (list, circuits) =>
    keep(list, circuits, (circuit) => circuit.id, makeCircuit, (item, circuit) => {
      update(item, circuit);
      showLevel(item.parts.below, below(circuit.id));
    });
  showLevel(parent, site.circuits.filter((circuit) => !circuit.parent));
}

function makeCircuit(circuit) {
  const parts = {
    limit: element("span", { class: "muted small" }),
    notice: element("p", { class: "notice" }, "its meter is silent: the largest house is assumed and nobody is raised"),
    phases: [1, 2, 3].map(makePhase),
    below: element("ul"),
  };
  const item = element(
    "li",
    { "data-circuit": circuit.id },
    element("div", { class: "line" }, element("h3", {}, circuit.id), parts.limit),
    parts.notice,
    ...parts.phases,
    parts.below,
  );
  item.parts = parts;
  return item;
}

function update({ parts }, circuit) {
  setText(parts.limit, limits(circuit));
  parts.notice.hidden = !circuit.blind;
  parts.phases.forEach((row, phase) => showPhase(row, circuit, phase));
}

function limits(circuit) {
  const all = new Set(circuit.limit_a);
  const text = all.size === 1 ? `${limit(circuit.limit_a[0])}\u00a0A` : `${circuit.limit_a.map(limit).join(" / ")}\u00a0A`;
  return circuit.reserve_a > 0 ? `${text}, ${limit(circuit.reserve_a)}\u00a0A reserve` : text;
}

function showPhase(row, circuit, phase) {
  const full = circuit.limit_a[phase];
  const house = circuit.base_a[phase];
  const booked = circuit.booked_a[phase];
  const drawn = Math.min(circuit.drawn_a?.[phase] ?? 0, booked);
  const usable = circuit.usable_a[phase];
  showParts(row, [
    { name: "part-reserve", from: usable, to: full },
    { name: "part-house", from: 0, to: house },
    { name: "part-drawn", from: house, to: house + drawn },
    { name: "part-booked", from: house + drawn, to: house + booked },
    { name: "mark", from: circuit.measured_a?.[phase] ?? 0, hidden: !circuit.measured_a },
  ], full);
  setText(row.parts.figure, `${figure(house + booked)} of ${limit(usable)}\u00a0A`);
  row.classList.toggle("is-over", house + booked > usable + 0.05);
  const parts = [`house ${amperes(house)}`, `boxes measured ${amperes(drawn)}`, `boxes at most ${amperes(booked)}`];
  if (circuit.measured_a) parts.push(`meter ${amperes(circuit.measured_a[phase])}`);
  parts.push(`usable ${limit(usable)}\u00a0A`);
  describe(row, `${circuit.id} L${phase + 1}`, house + booked, full, parts.join(", "));
  row.title = parts.join("\n");
}
