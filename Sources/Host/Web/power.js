// Where power comes from and goes to, and the meters that say so.

import { element, keep, setText } from "/web/dom.js";
import { energy, figure, power, powerParts } from "/web/format.js";

const tiles = [
  { key: "grid", title: "Grid", note: (watts) => direction(watts, "drawn from the grid", "fed into the grid") },
  { key: "production", title: "Sun", note: () => "produced" },
  { key: "storage", title: "Battery", note: (watts) => direction(watts, "charging", "discharging") },
  { key: "house", title: "House", note: () => "without the boxes" },
  { key: "evse", title: "Charging", note: (_, site) => charging(site) },
];

export function showPower(parent, site) {
  const known = tiles.filter((tile) => site.power[`${tile.key}_w`] !== undefined || tile.key === "evse");
  keep(parent, known, (tile) => tile.key, makeTile, ({ parts }, tile) => {
    const watts = site.power[`${tile.key}_w`];
    const { value, unit } = powerParts(watts);
    setText(parts.value, value);
    setText(parts.unit, unit ? `\u00a0${unit}` : "");
    setText(parts.note, tile.note(watts ?? 0, site));
  });
}

function makeTile({ key, title }) {
  const parts = { value: element("span"), unit: element("small"), note: element("dd", { class: "muted small" }) };
  const item = element(
    "div",
    { class: "tile" },
    element("dt", {}, element("i", { class: `key key-${key}` }), title),
    element("dd", { class: "value" }, parts.value, parts.unit),
    parts.note,
  );
  item.parts = parts;
  return item;
}

function direction(watts, positive, negative) {
  if (Math.abs(watts) < 0.5) return "nothing flows";
  return watts > 0 ? positive : negative;
}

function charging(site) {
  const busy = site.boxes.filter((box) => box.link === "online" && (box.power_w ?? 0) > 100).length;
  return `${busy} of ${site.boxes.length} ${site.boxes.length === 1 ? "box" : "boxes"}`;
}

export function showMeters(card, parent, site) {
  card.hidden = site.instruments.length === 0;
  keep(parent, site.instruments, (meter) => meter.id, makeMeter, ({ parts }, meter) => {
    const isOnline = meter.link === "online";
    setText(parts.title, `${meter.role ?? meter.device_class} \u00b7 ${meter.title}`);
    setText(parts.power, power(meter.power_w));
    parts.notice.hidden = isOnline;
    setText(parts.notice, isOnline ? "" : (meter.link_text ?? meter.link));
    setText(parts.currents, meter.current_a ? meter.current_a.map(figure).join(" / ") + "\u00a0A" : "");
    setText(parts.counters, counters(meter));
  });
}

function makeMeter(meter) {
  const parts = {
    title: element("p", { class: "muted small" }),
    power: element("span", { class: "strong" }),
    currents: element("span", { class: "muted small" }),
    counters: element("span", { class: "muted small" }),
    notice: element("p", { class: "notice" }),
  };
  const item = element(
    "li",
    { class: "card", "data-meter": meter.id },
    element("div", { class: "line" }, element("h3", {}, meter.id), parts.power),
    parts.title,
    element("div", { class: "line" }, parts.currents, parts.counters),
    parts.notice,
  );
  item.parts = parts;
  return item;
}

function counters(meter) {
  const texts = [];
  if (meter.soc_percent !== undefined) texts.push(`${meter.soc_percent.toFixed(0)}\u00a0%`);
  if (meter.energy_import_wh !== undefined) texts.push(`in ${energy(meter.energy_import_wh)}`);
  if (meter.energy_export_wh) texts.push(`out ${energy(meter.energy_export_wh)}`);
  return texts.join(" \u00b7 ");
}
