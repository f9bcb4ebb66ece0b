// Links to other pages, as the site file names them.

import { element, keep, setAttribute } from "/web/dom.js";

export function showLinks(parent, site) {
  const links = site.links ?? [];
  parent.hidden = links.length === 0;
  keep(parent, links, (link) => link.title, (link) => element("a", {}, link.title), (child, link) => {
    setAttribute(child, "href", link.url);
  });
}
