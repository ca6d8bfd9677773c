// Keeping a list of elements in step with a list of things.

/** @type {WeakMap<Element, Map<string, HTMLElement>>} */
const kept = new WeakMap();

/**
 * Gives every item one child of `parent`, made once and updated each time, in the items' order. Children that stay keep
 * their focus and their scroll position; children without an item are removed.
 *
 * @template Item
 * @param {Element} parent Holds only these children.
 * @param {Iterable<Item>} items
 * @param {(item: Item) => string} keyOf Different for every item.
 * @param {(item: Item) => HTMLElement} make
 * @param {(child: HTMLElement, item: Item) => void} update Also called right after `make`.
 */
export function keyed(parent, items, keyOf, make, update) {
  const before = kept.get(parent) ?? new Map();
  /** @type {Map<string, HTMLElement>} */
  const after = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const child = before.get(key) ?? make(item);
    update(child, item);
    after.set(key, child);
  }
  for (const [key, child] of before) if (!after.has(key)) child.remove();
  arrange(parent, [...after.values()]);
  kept.set(parent, after);
}

/**
 * Puts children into this order with as few moves as a forward walk needs, and gives back the focus that a move takes.
 * @param {Element} parent
 * @param {HTMLElement[]} children
 */
export function arrange(parent, children) {
  const focused = document.activeElement;
  let moved = false;
  children.forEach((child, index) => {
    if (parent.children[index] === child) return;
    parent.insertBefore(child, parent.children[index] ?? null);
    moved = true;
  });
  if (moved && focused instanceof HTMLElement && focused !== document.activeElement && parent.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
}
