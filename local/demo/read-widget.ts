import type { Page } from 'playwright-core';

export interface Tile {
  term: string;
  figure: string;
  note: string;
}
interface CdpNode {
  nodeName: string;
  nodeType: number;
  nodeValue?: string;
  attributes?: string[];
  children?: CdpNode[];
  shadowRoots?: CdpNode[];
}

/** The tiles that an element of ours shows, read through its closed shadow root as the browser's own inspector does: released bytes, no test build. */
export async function readTiles(page: Page, tag: string, timeoutMs = 20_000): Promise<Tile[]> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const element = await inspect(page, tag);
    const tiles =
      element === undefined ? [] : find(element, (node) => (attribute(node, 'class') ?? '').split(' ').includes('tile')).map(toTile);
    if (tiles.length > 0) return tiles;
    if (Date.now() > end)
      throw new Error(`<${tag}> shows no figures: ${element === undefined ? 'it is not on the page' : textOf(element).slice(0, 200)}`);
    await page.waitForTimeout(150);
  }
}

/** All text inside an element of ours, its closed shadow root included; null = no such element. */
export async function readText(page: Page, tag: string): Promise<string | null> {
  const element = await inspect(page, tag);
  return element === undefined ? null : textOf(element);
}

async function inspect(page: Page, tag: string): Promise<CdpNode | undefined> {
  const inspector = await page.context().newCDPSession(page);
  try {
    const { root } = (await inspector.send('DOM.getDocument', { depth: -1, pierce: true })) as unknown as { root: CdpNode };
    return find(root, (node) => node.nodeName.toLowerCase() === tag)[0];
  } finally {
    await inspector.detach();
  }
}

const toTile = (tile: CdpNode): Tile => {
  const [term, figure, note] = find(tile, (node) => ['DT', 'DD'].includes(node.nodeName)).map(textOf);
  return { term: term ?? '', figure: figure ?? '', note: note ?? '' };
};
const inside = (node: CdpNode): CdpNode[] => [...(node.shadowRoots ?? []), ...(node.children ?? [])];
const find = (node: CdpNode, is: (node: CdpNode) => boolean): CdpNode[] => [
  ...(is(node) ? [node] : []),
  ...inside(node).flatMap((child) => find(child, is)),
];
const textOf = (node: CdpNode): string => (node.nodeType === 3 ? (node.nodeValue ?? '') : inside(node).map(textOf).join(''));
const attribute = ({ attributes = [] }: CdpNode, name: string): string | undefined =>
  attributes[attributes.findIndex((one, i) => i % 2 === 0 && one === name) + 1];
