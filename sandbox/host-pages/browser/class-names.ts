const known = new Map<string, string>();

/** A new meaningless class name per load for each thing that is styled, as a bundler's hash would give it. */
export function className(thing: string): string {
  let name = known.get(thing);
  if (name === undefined) {
    name = `_${Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(36).padStart(2, '0'))
      .join('')
      .slice(0, 6)}`;
    known.set(thing, name);
  }
  return name;
}

/** `.@thing` in a style text becomes the hashed class. */
export const hashed = (css: string): string => css.replace(/@@([a-z][\w-]*)/gi, (_, thing: string) => `.${className(thing)}`);

type Child = Node | string | null;

const made = new WeakSet<Node>();
/** True for elements this page made itself, false for what others put into it. */
export const isOwn = (node: Node): boolean => made.has(node);

/** An element with hashed classes and attributes; strings become text nodes, never HTML. */
export function el(tag: string, things: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement {
  const node = document.createElement(tag);
  made.add(node);
  for (const thing of things.split(' ').filter(Boolean)) node.classList.add(className(thing));
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  for (const child of children) if (child !== null) node.append(child);
  return node;
}

/** A small line drawing. `path` is SVG path data on a 20 × 20 field. */
export function icon(path: string): SVGElement {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  for (const [name, value] of Object.entries({
    viewBox: '0 0 20 20',
    width: '18',
    height: '18',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.6',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  }))
    svg.setAttribute(name, value);
  const line = document.createElementNS(ns, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
