import type { z } from 'zod';
import type { embedKey } from '#shared/contracts/embeds.ts';

type Embed = Pick<z.output<typeof embedKey>, 'kind' | 'publicKey'>;

/** Heights that keep the host page still while the widget loads: those of widget/host-style.css for narrow places, which always fit. */
const RESERVED = { 'lead-roas': 480, 'affiliate-stats': 400 } as const;

/** What a customer pastes into a page, and the style that must be in the page's own style sheet. `script` is the loader's address. */
export function snippetOf(embed: Embed, script: string): { html: string; css: string } {
  const subject = embed.kind === 'lead-roas' ? ' data-contact="{{ contact.hs_object_id }}"' : '';
  return {
    html: `<script async src="${script}"></script>\n<inlay-${embed.kind} data-key="${embed.publicKey}"${subject}></inlay-${embed.kind}>`,
    css: `inlay-${embed.kind} { display: grid; min-height: ${RESERVED[embed.kind]}px; }`,
  };
}
