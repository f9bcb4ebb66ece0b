// The site's name, what the host does, and how the page is connected.

import { setAttribute, setText } from "/web/dom.js";
import { clock } from "/web/format.js";

const modes = { manage: "sharing the current", observe: "reading only", off: "watching only" };
const pills = {
  live: ["Live", "pill is-good"],
  polling: ["Live, every 2 s", "pill is-wait"],
  lost: ["Connection lost, trying again", "pill is-bad"],
};

export function showSite(site) {
  setText(document.getElementById("name"), site.name);
  setText(document.getElementById("mode"), `${site.role}, ${modes[site.mode] ?? site.mode}`);
  setText(document.getElementById("version"), `chargehost ${site.version}`);
  setText(document.getElementById("clock"), clock(new Date(site.time)));
  const title = `${site.name} \u00b7 chargehost`;
  if (document.title !== title) document.title = title;
}

export function showConnection(state) {
  const [text, look] = pills[state];
  const pill = document.getElementById("connection");
  setText(pill, text);
  setAttribute(pill, "class", look);
  document.getElementById("main").classList.toggle("is-old", state === "lost");
}
