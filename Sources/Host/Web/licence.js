// The places for boxes of other makes: how many there are, who counts, and who has none.

import { element, keep, setAttribute, setText } from "/web/dom.js";

export function showLicence(card, site) {
  const { licence } = site;
  const isThere = licence !== undefined && licence.boxes.length + licence.warnings.length > 0;
  card.hidden = !isThere;
  if (!isThere) return;
  card.parts ??= makeCard(card);
  const { parts } = card;
  const free = Math.max(0, licence.places - licence.taken);
  const trial = licence.trial_ends === undefined ? "" : `; the trial ends on ${licence.trial_ends}`;
  setText(parts.places, `${licence.taken} of ${licence.places} places for boxes of other makes are taken, ${free} free${trial}`);
  keep(parts.warnings, licence.warnings, (text) => text, (text) => element("li", { class: "notice" }, text), () => {});
  keep(parts.list, licence.boxes, (box) => box.id, makeBox, update);
}

function makeCard(card) {
  const parts = {
    places: element("p", { class: "places" }),
    warnings: element("ul", { "aria-label": "Warnings" }),
    list: element("ul", { class: "rows", "aria-label": "Boxes that count" }),
  };
  card.querySelector(".card").append(parts.places, parts.warnings, parts.list);
  return parts;
}

function makeBox(box) {
  const parts = { text: element("span", { class: "muted small text" }), pill: element("span") };
  const item = element(
    "li", { "data-licensed": box.id }, element("span", { class: "name" }, box.id), parts.text, parts.pill,
  );
  item.parts = parts;
  return item;
}

function update({ parts }, box) {
  setText(parts.text, box.reason);
  setText(parts.pill, box.may_raise ? "Has a place" : "Only read");
  setAttribute(parts.pill, "class", `pill ${box.may_raise ? "is-good" : "is-bad"}`);
}
