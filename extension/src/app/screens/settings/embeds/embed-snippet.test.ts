import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { snippetOf } from './embed-snippet.ts';

const SCRIPT = 'https://api.example.com/widget/inlay.js';

/** The height that the widget's own host style keeps for an element where the place is narrow. */
function narrowHeight(tag: string): string | undefined {
  const style = readFileSync(new URL('../../../../../../widget/host-style.css', import.meta.url), 'utf8');
  const everywhere = style.slice(0, style.indexOf('@container'));
  return [...everywhere.matchAll(/([^{}]+)\{[^}]*min-height: (\d+)px/g)].findLast(([, selector]) => selector?.includes(tag))?.[2];
}

test('the pasted style keeps the very height that the widget needs', () => {
  for (const kind of ['lead-roas', 'affiliate-stats'] as const) {
    const { css } = snippetOf({ kind, publicKey: 'pk_1' }, SCRIPT);
    expect(css, kind).toContain(`min-height: ${narrowHeight(`inlay-${kind}`)}px`);
  }
});

test('only the element of a contact names one, and both carry their key', () => {
  const lead = snippetOf({ kind: 'lead-roas', publicKey: 'pk_1' }, SCRIPT).html;
  const stats = snippetOf({ kind: 'affiliate-stats', publicKey: 'pk_2' }, SCRIPT).html;
  for (const html of [lead, stats]) expect(html).toContain(`<script async src="${SCRIPT}"></script>`);
  expect([lead.includes('data-key="pk_1"'), lead.includes('data-contact=')]).toEqual([true, true]);
  expect([stats.includes('data-key="pk_2"'), stats.includes('data-contact=')]).toEqual([true, false]);
});
