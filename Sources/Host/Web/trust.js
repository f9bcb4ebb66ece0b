// The boxes whose profiles nobody vouches for yet: they are only read until an installer confirms them.

import { element, keep, setAttribute, setText } from "/web/dom.js";

export function showTrust(card, site) {
  const { trust } = site;
  const isThere = trust !== undefined && trust.devices.length + trust.warnings.length > 0;
  card.hidden = !isThere;
  if (!isThere) return;
  card.parts ??= makeCard(card);
  const { parts } = card;
  const waiting = trust.devices.filter((device) => device.waits_for_confirmation).length;
  const boxes = waiting === 1 ? "1 box waits" : `${waiting} boxes wait`;
  setText(parts.summary, `${boxes} for an installer who has seen that the box does what it is told`);
  parts.summary.hidden = waiting === 0;
  keep(parts.warnings, trust.warnings, (text) => text, (text) => element("li", { class: "notice" }, text), () => {});
  keep(parts.list, trust.devices, (device) => device.id, makeDevice, update);
}

function makeCard(card) {
  const parts = {
    summary: element("p", { class: "places" }),
    warnings: element("ul", { "aria-label": "Warnings" }),
    list: element("ul", { class: "rows", "aria-label": "Boxes that are only read" }),
  };
  card.querySelector(".card").append(parts.summary, parts.warnings, parts.list);
  return parts;
}

function makeDevice(device) {
  const parts = { text: element("span", { class: "muted small text" }), pill: element("span") };
  const item = element(
    "li", { "data-trust": device.id }, element("span", { class: "name" }, device.id), parts.text, parts.pill,
  );
  item.parts = parts;
  return item;
}

function update({ parts }, device) {
  setText(parts.text, `${device.profile}: ${device.reason}`);
  setText(parts.pill, device.waits_for_confirmation ? "Waits" : "Only read");
  setAttribute(parts.pill, "class", `pill ${device.waits_for_confirmation ? "is-wait" : "is-bad"}`);
}
