// Makes and changes elements; touches the document only where something is different.

export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children);
  return node;
}

export function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, String(value));
  }
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setStyle(node, name, value) {
  if (node.style[name] !== value) node.style[name] = value;
}

// Lets the children of `parent` stand for `entries`, in their order: `make` builds the child of a key once, `update`
// brings it up to date.
export function keep(parent, entries, key, make, update) {
  const known = parent.kept ?? new Map();
  const kept = new Map();
  for (const entry of entries) {
    const id = key(entry);
    const child = known.get(id) ?? make(entry);
    update(child, entry);
    kept.set(id, child);
  }
  for (const [id, child] of known) {
    if (kept.get(id) !== child) child.remove();
  }
  let place = parent.firstChild;
  for (const child of kept.values()) {
    if (child === place) {
      place = place.nextSibling;
    } else {
      parent.insertBefore(child, place);
    }
  }
  parent.kept = kept;
}
