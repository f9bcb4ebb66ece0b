// Every box: its state, what it is offered and draws, and why it gets what it gets.

import { element, keep, setAttribute, setText } from "/web/dom.js";
import { amperes, energy, figure, limit, powerParts } from "/web/format.js";
import { describe, makePhase, showParts } from "/web/phase-bar.js";

const states = {
  A: ["No car", ""],
  B: ["Car waits", "is-wait"],
  C: ["Charging", "is-good"],
  D: ["Charging", "is-good"],
  E: ["Fault", "is-bad"],
  F: ["Fault", "is-bad"],
};
const links = {
  connecting: ["Connecting", ""],
  silent: ["Does not answer", "is-bad"],
  mismatch: ["Another device", "is-bad"],
  disabled: ["Disabled", ""],
  removed: ["Removed", "is-bad"],
};

const modes = {
  fast: "fast",
  surplus: "surplus only",
  "min+surplus": "minimum and surplus",
  target: "by a time",
  off: "switched off",
};

export function showBoxes(parent, site) {
  keep(parent, site.boxes, (box) => box.id, makeBox, update);
}

function makeBox(box) {
  const parts = {
    title: element("p", { class: "title muted small" }),
    pill: element("span"),
    power: element("span"),
    unit: element("small"),
    session: element("span", { class: "muted small" }),
    mark: element("i", { class: "key mark-key" }),
    offer: element("span"),
    phases: [1, 2, 3].map(makePhase),
    why: element("span"),
  };
  const item = element(
    "li",
    { class: "card box", "data-box": box.id },
    element("div", { class: "head" }, element("h3", {}, box.id), parts.pill),
    parts.title,
    element("div", { class: "line" }, element("p", { class: "power" }, parts.power, parts.unit), parts.session),
    element("div", {}, ...parts.phases),
    element("p", { class: "offer muted small" }, parts.mark, parts.offer),
    element("p", { class: "why" }, element("span", { class: "muted" }, "Why: "), parts.why),
  );
  item.parts = parts;
  return item;
}

function update({ parts }, box) {
  const isOnline = box.link === "online";
  const [word, look] = (isOnline ? states[box.state] : links[box.link]) ?? [isOnline ? "State unknown" : box.link, ""];
  setText(parts.title, box.mode === undefined ? box.title : `${box.title} \u00b7 ${mode(box)}`);
  setText(parts.pill, word);
  setAttribute(parts.pill, "class", `pill ${look}`.trim());
  const { value, unit } = powerParts(box.power_w);
  setText(parts.power, value);
  setText(parts.unit, unit ? `\u00a0${unit}` : "");
  setText(parts.session, box.session_energy_wh === undefined ? "" : `${energy(box.session_energy_wh)} in this session`);
  setText(parts.offer, offer(box));
  parts.mark.hidden = !(offered(box) > 0);
  const full = box.max_a ?? Math.max(16, box.told_a ?? 0, box.offered_a ?? 0);
  parts.phases.forEach((row, phase) => showPhase(row, box, phase, full));
  const turn = box.next_turn_min === undefined ? "" : `; next turn in ${box.next_turn_min} min`;
  setText(parts.why, (isOnline ? box.why : (box.link_text ?? box.why)) + turn);
}

// What the car may draw per phase, as far as known.
function offered(box) {
  return box.offered_a ?? box.told_a ?? 0;
}

function mode(box) {
  return (modes[box.mode] ?? box.mode) + (box.is_chosen ? " until unplugged" : "");
}

function offer(box) {
  const texts = [];
  const told = box.told_a;
  const phases = box.phases === 1 ? "one phase" : `${box.phases ?? 3} phases`;
  if (told === undefined) texts.push("told nothing yet");
  else texts.push(told === 0 ? "told to stop" : `told ${amperes(told)} on ${phases}`);
  if (box.offered_a !== undefined) texts.push(`offers ${amperes(box.offered_a)}`);
  if (box.booked_a > (told ?? 0) + 0.05) texts.push(`${amperes(box.booked_a)} kept free`);
  return texts.join(" \u00b7 ");
}

function showPhase(row, box, phase, full) {
  const drawn = box.drawn_a?.[phase];
  showParts(row, [
    { name: "part-drawn", from: 0, to: drawn ?? 0 },
    { name: "mark", from: offered(box), hidden: !(offered(box) > 0) },
  ], full);
  setText(row.parts.figure, amperes(drawn));
  const text = `draws ${drawn === undefined ? "an unknown current" : amperes(drawn)}, offered ${amperes(offered(box))}`;
  describe(row, `${box.id} L${phase + 1}`, drawn ?? 0, full, text);
  row.title = `${text}, at most ${limit(full)}\u00a0A`;
}
