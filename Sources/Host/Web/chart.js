// The powers of the last hour as lines.

import { element, keep, setAttribute, setText, svg } from "/web/dom.js";
import { hourAndMinute, power } from "/web/format.js";
import { PowerHistory } from "/web/history.js";
import { scale } from "/web/scale.js";

const lines = [
  { name: "evse_w", look: "evse", title: "charging" },
  { name: "production_w", look: "production", title: "sun" },
  { name: "storage_w", look: "storage", title: "battery" },
  { name: "grid_w", look: "grid", title: "grid" },
];
const height = 230;
const least = 60; // points; a chart of less than 10 minutes says little
const edge = { left: 46, right: 8, top: 10, bottom: 24 };

export class Chart {
  #history;
  #width = 0;
  #cursor = null;
  #svg = svg("svg", { role: "img", tabindex: "0" });
  #rules = svg("g");
  #paths = svg("g");
  #mark = svg("line", { class: "cursor" });
  #legend = element("ul", { class: "legend" });

  constructor(parent, history) {
    this.#history = history;
    this.#svg.append(this.#rules, this.#paths, this.#mark);
    parent.append(this.#svg, this.#legend);
    new ResizeObserver(([{ contentRect }]) => {
      this.#width = Math.round(contentRect.width);
      this.draw();
    }).observe(parent);
    this.#svg.addEventListener("pointermove", (event) => this.#point(event));
    this.#svg.addEventListener("pointerleave", () => this.#move(null));
    this.#svg.addEventListener("blur", () => this.#move(null));
    this.#svg.addEventListener("keydown", (event) => this.#key(event));
  }

  draw() {
    if (this.#width === 0) return;
    const shown = lines.filter(({ name }) => this.#history.has(name));
    const values = this.#history.points.flatMap((point) => shown.map(({ name }) => point[name] ?? 0));
    const kilowatts = scale(Math.min(0, ...values) / 1000, Math.max(1000, ...values) / 1000, 4);
    const y = (watts) => {
      const part = (watts / 1000 - kilowatts.low) / (kilowatts.high - kilowatts.low);
      return edge.top + (1 - part) * (height - edge.top - edge.bottom);
    };
    setAttribute(this.#svg, "viewBox", `0 0 ${this.#width} ${height}`);
    this.#drawRules(kilowatts.ticks, y);
    keep(this.#paths, shown, ({ name }) => name, ({ look }) => svg("path", { class: look }), (path, { name }) =>
      setAttribute(path, "d", this.#path(name, y)));
    this.#drawCursor();
    this.#drawLegend(shown);
    setAttribute(this.#svg, "aria-label", this.#words(shown));
  }

  // How many steps are shown: all there are, up to an hour.
  get #steps() {
    return Math.min(PowerHistory.capacity, Math.max(least, this.#history.points.length)) - 1;
  }

  // The place of a point `age` steps before the newest.
  #x(age) {
    const inner = this.#width - edge.left - edge.right;
    return edge.left + inner * (1 - age / this.#steps);
  }

  #path(name, y) {
    const points = this.#history.points;
    let text = "";
    let isDown = false;
    points.forEach((point, index) => {
      const value = point[name];
      if (value === null || value === undefined) {
        isDown = false;
        return;
      }
      const age = points.at(-1).number - points[index].number;
      text += `${isDown ? "L" : "M"}${this.#x(age).toFixed(1)} ${y(value).toFixed(1)}`;
      isDown = true;
    });
    return text;
  }

  #drawRules(ticks, y) {
    const rules = ticks.map((value) => ({ key: `y${value}`, value, at: y(value * 1000) }));
    const { end, interval } = this.#history;
    for (const time of end === null ? [] : times(end, this.#steps * interval * 1000)) {
      const age = (end - time) / 1000 / interval;
      rules.push({ key: `x${time}`, time, at: this.#x(age) });
    }
    keep(this.#rules, rules, ({ key }) => key, () => svg("g", {}, svg("line"), svg("text")), (group, rule) => {
      const [line, text] = group.children;
      if (rule.time === undefined) {
        place(line, { x1: edge.left, x2: this.#width - edge.right, y1: rule.at, y2: rule.at });
        setAttribute(line, "class", rule.value === 0 ? "rule zero" : "rule");
        place(text, { x: edge.left - 8, y: rule.at + 4, "text-anchor": "end" });
        setText(text, `${rule.value} kW`.replace("-", "\u2212"));
      } else {
        place(text, { x: rule.at, y: height - 6, "text-anchor": "middle" });
        setText(text, hourAndMinute(new Date(rule.time)));
      }
    });
  }

  #drawCursor() {
    const isShown = this.#cursor !== null && this.#history.points.length > 0;
    setAttribute(this.#mark, "visibility", isShown ? "visible" : "hidden");
    if (!isShown) return;
    const x = this.#x(this.#cursor);
    place(this.#mark, { x1: x, x2: x, y1: edge.top, y2: height - edge.bottom });
  }

  // With a cursor, the values at its place.
  #drawLegend(shown) {
    const points = this.#history.points;
    const point = points.at(-1 - (this.#cursor ?? 0));
    const entries = shown.map((line) => ({ ...line, value: this.#cursor === null ? null : point?.[line.name] }));
    if (this.#cursor !== null && this.#history.end !== null) {
      const time = new Date(this.#history.end - this.#cursor * this.#history.interval * 1000);
      entries.unshift({ name: "time", title: hourAndMinute(time), value: null });
    }
    keep(this.#legend, entries, ({ name }) => name, makeEntry, (item, entry) => {
      setText(item.parts.title, entry.title);
      setText(item.parts.value, entry.value === null || entry.value === undefined ? "" : power(entry.value));
    });
  }

  #words(shown) {
    const newest = this.#history.points.at(-1);
    if (newest === undefined) return "Power of the last hour; nothing was measured yet";
    return "Power of the last hour, now " + shown.map(({ name, title }) => `${title} ${power(newest[name])}`).join(", ");
  }

  #point(event) {
    const box = this.#svg.getBoundingClientRect();
    const inner = this.#width - edge.left - edge.right;
    const part = (event.clientX - box.left - edge.left) / inner;
    this.#move(Math.round((1 - part) * this.#steps));
  }

  #key(event) {
    const step = { ArrowLeft: 1, ArrowRight: -1, PageUp: 30, PageDown: -30 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#move((this.#cursor ?? 0) + step);
  }

  #move(age) {
    const last = this.#history.points.length - 1;
    this.#cursor = age === null || last < 0 ? null : Math.min(last, Math.max(0, age));
    this.draw();
  }
}

function makeEntry({ look }) {
  const parts = { title: element("span"), value: element("b") };
  const item = element("li", {}, ...(look ? [element("i", { class: `key key-${look}` })] : []), parts.title, parts.value);
  item.parts = parts;
  return item;
}

function place(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
}

// Four to six round times in the span before `end`, in ms.
function times(end, span) {
  const minute = 60000;
  const step = [2, 5, 10, 15].map((minutes) => minutes * minute).find((step) => span / step <= 6) ?? 15 * minute;
  const result = [];
  for (let time = Math.floor(end / step) * step; time > end - span + minute / 2; time -= step) result.push(time);
  return result;
}
