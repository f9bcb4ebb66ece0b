// What the operator must know, newest first.

import { element, keep } from "/web/dom.js";

export function showAlarms(parent, site) {
  parent.hidden = site.alarms.length === 0;
  const texts = [...new Set(site.alarms)].reverse();
  keep(parent, texts, (text) => text, (text) => element("p", { class: "alarm" }, text), () => {});
}
