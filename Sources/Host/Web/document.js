// The site's document as the event stream builds it: a snapshot, then changes.

export class SiteDocument {
  site = null;
  sequence = null;

  // False when a message was missed; then everything has to be asked for anew.
  apply(message) {
    if (message.event === "snapshot") {
      this.site = message.site;
    } else if (message.event === "change") {
      if (this.site === null || message.sequence !== this.sequence + 1) return false;
      this.site = changed(this.site, message);
    } else {
      return true;
    }
    this.sequence = message.sequence;
    return true;
  }

  // Takes a whole document that came without the event stream.
  replace(site) {
    this.site = site;
    this.sequence = null;
  }
}

function changed(site, change) {
  const result = { ...site };
  for (const key of ["name", "role", "mode", "time", "uptime_s", "power", "limits", "alarms", "links", "ocpp", "licence", "trust"]) {
    if (change[key] !== undefined) result[key] = change[key];
  }
  for (const key of ["circuits", "boxes", "instruments"]) {
    result[key] = merged(site[key], change[key] ?? [], change.order?.[key]);
  }
  return result;
}

function merged(entries, changes, order) {
  if (changes.length === 0 && !order) return entries;
  const all = new Map(entries.map((entry) => [entry.id, entry]));
  for (const entry of changes) all.set(entry.id, entry);
  if (!order) return [...all.values()];
  return order.map((id) => all.get(id)).filter((entry) => entry !== undefined);
}
