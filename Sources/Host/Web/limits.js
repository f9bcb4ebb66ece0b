// What limits the boxes now besides the circuits.

import { element, keep, setText } from "/web/dom.js";
import { clock } from "/web/format.js";

const causes = { operator: "Limit", dimming: "The grid operator dims" };

export function showLimits(parent, site) {
  const limits = site.limits ?? [];
  parent.hidden = limits.length === 0;
  keep(parent, limits, (limit) => limit.id, () => element("p", { class: "limit" }), (item, limit) => {
    const where = limit.circuit === undefined ? "all boxes together" : `the boxes on ${limit.circuit}`;
    const until = limit.until === undefined ? "" : `, until ${clock(new Date(limit.until))}`;
    const lost = limit.is_lost ? " (its input cannot be read)" : "";
    const power = (limit.power_w / 1000).toFixed(1);
    setText(item, `${causes[limit.cause] ?? limit.cause}: ${where} at most ${power}\u00a0kW${until}${lost}`);
  });
}
