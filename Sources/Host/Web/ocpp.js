// The way to the backend, what waits for it, and the connectors as it sees them.

import { element, keep, setAttribute, setText } from "/web/dom.js";
import { energy, hourAndMinute } from "/web/format.js";

const links = {
  online: ["Online", "is-good"],
  waiting: ["Not accepted yet", "is-wait"],
  offline: ["Offline", "is-bad"],
};
const statuses = {
  Available: ["Available", ""],
  Preparing: ["Preparing", "is-wait"],
  Charging: ["Charging", "is-good"],
  SuspendedEVSE: ["Paused by the box", "is-wait"],
  SuspendedEV: ["Paused by the car", "is-wait"],
  Finishing: ["Finishing", "is-wait"],
  Reserved: ["Reserved", "is-wait"],
  Unavailable: ["Unavailable", "is-bad"],
  Faulted: ["Faulted", "is-bad"],
};

export function showOCPP(card, site) {
  const { ocpp } = site;
  const isThere = ocpp !== undefined && (ocpp.backend !== undefined || ocpp.queue.waiting + ocpp.queue.undelivered > 0);
  card.hidden = !isThere;
  if (!isThere) return;
  card.parts ??= makeCard(card);
  const { parts } = card;
  parts.head.hidden = ocpp.backend === undefined;
  if (ocpp.backend) showBackend(parts, ocpp.backend);
  setText(parts.waiting, waiting(ocpp.queue, Date.parse(site.time)));
  parts.undelivered.hidden = ocpp.queue.undelivered === 0;
  setText(parts.undelivered, undelivered(ocpp.queue.undelivered));
  const present = ocpp.connectors.filter((connector) => connector.kind !== "removed");
  keep(parts.list, present, (connector) => connector.connector, makeConnector, update);
}

function makeCard(card) {
  const parts = {
    place: element("h3"),
    pill: element("span"),
    link: element("p", { class: "muted small" }),
    waiting: element("p", { class: "waiting small" }),
    undelivered: element("p", { class: "notice undelivered" }),
    list: element("ul", { class: "rows", "aria-label": "Connectors" }),
  };
  parts.head = element("div", {}, element("div", { class: "head" }, parts.place, parts.pill), parts.link);
  card.querySelector(".card").append(parts.head, parts.waiting, parts.undelivered, parts.list);
  return parts;
}

function showBackend(parts, backend) {
  const [word, look] = links[backend.link] ?? [backend.link, ""];
  setText(parts.place, backend.charge_point);
  setText(parts.pill, word);
  setAttribute(parts.pill, "class", `pill ${look}`);
  const since = backend.since === undefined ? "" : ` \u00b7 since ${moment(backend.since)}`;
  const text = backend.link_text === undefined ? "" : ` \u00b7 ${backend.link_text}`;
  setText(parts.link, `${backend.url}${since}${text}`);
}

function waiting(queue, now) {
  if (queue.waiting === 0) return "Nothing waits for the backend";
  const first = queue.oldest === undefined ? "" : `, the first for ${span(now - Date.parse(queue.oldest))}`;
  return `${queue.waiting} ${queue.waiting === 1 ? "message waits" : "messages wait"} for the backend${first}`;
}

function undelivered(count) {
  const what = count === 1 ? "1 message" : `${count} messages`;
  return `${what} could not be delivered: "chargehost ocpp queue" says why, "chargehost ocpp resend" sends it again`;
}

function makeConnector(connector) {
  const parts = {
    number: element("b", { class: "number" }),
    box: element("span", { class: "name" }),
    session: element("span", { class: "muted small text" }),
    pill: element("span"),
  };
  const item = element(
    "li", { "data-connector": connector.connector }, parts.number, parts.box, parts.session, parts.pill,
  );
  item.parts = parts;
  return item;
}

function update({ parts }, connector) {
  const [word, look] = statuses[connector.status] ?? [connector.status, ""];
  setText(parts.number, String(connector.connector));
  setText(parts.box, connector.box);
  setText(parts.session, session(connector));
  setText(parts.pill, word);
  setAttribute(parts.pill, "class", `pill ${look}`.trim());
}

function session(connector) {
  const texts = [];
  if (connector.transaction !== undefined) {
    texts.push(`transaction ${connector.transaction} since ${moment(connector.start)}, ${energy(connector.energy_wh)}`);
  }
  if (connector.error !== undefined) texts.push(connector.error);
  if (connector.info !== undefined) texts.push(connector.info);
  return texts.join(" \u00b7 ");
}

// The time of the day; the date too where it is another day.
function moment(text) {
  const date = new Date(text);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? hourAndMinute(date) : `${date.toLocaleDateString()} ${hourAndMinute(date)}`;
}

function span(milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / 60000));
  if (minutes < 1) return "less than a minute";
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}
