// Puts the page together: what comes in is shown once per frame.

import { showAlarms } from "/web/alarms.js";
import { showBoxes } from "/web/boxes.js";
import { Chart } from "/web/chart.js";
import { showCircuits } from "/web/circuits.js";
import { Connection } from "/web/connection.js";
import { SiteDocument } from "/web/document.js";
import { showConnection, showSite } from "/web/header.js";
import { PowerHistory } from "/web/history.js";
import { showLicence } from "/web/licence.js";
import { showLimits } from "/web/limits.js";
import { showLinks } from "/web/links.js";
import { showOCPP } from "/web/ocpp.js";
import { showMeters, showPower } from "/web/power.js";
import { showTrust } from "/web/trust.js";

const byId = (id) => document.getElementById(id);
const current = new SiteDocument();
const history = new PowerHistory();
const chart = new Chart(byId("chart"), history);
let isDue = false;
let lastHistory = 0;

function take(message) {
  if (message.event === "document") {
    current.replace(message.site);
    if (Date.now() - lastHistory > 10000) loadHistory();
  } else {
    if (!current.apply(message)) return false;
    if (message.event === "snapshot") loadHistory();
    if (message.history) {
      if (!history.add(message.history, Date.parse(message.time))) loadHistory();
      chart.draw();
    }
  }
  if (!isDue) {
    isDue = true;
    // A page in the background gets no frames, and needs none.
    requestAnimationFrame(show);
  }
  return true;
}

function show() {
  isDue = false;
  const { site } = current;
  showSite(site);
  showLinks(byId("links"), site);
  showAlarms(byId("alarms"), site);
  showLimits(byId("limits"), site);
  showPower(byId("power"), site);
  showCircuits(byId("circuits"), site);
  showMeters(byId("meters-card"), byId("meters"), site);
  showBoxes(byId("boxes"), site);
  showOCPP(byId("ocpp"), site);
  showTrust(byId("trust"), site);
  showLicence(byId("licence"), site);
}

async function loadHistory() {
  lastHistory = Date.now();
  try {
    const answer = await fetch("/api/v1/history", { cache: "no-store" });
    if (!answer.ok) return;
    history.load(await answer.json());
    chart.draw();
  } catch {
    // The next snapshot asks again.
  }
}

new Connection(take, showConnection).open();
