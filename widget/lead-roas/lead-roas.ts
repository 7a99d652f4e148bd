import type { LeadCard } from '#shared/contracts/revenue.ts';
import type { Mount } from '../embed/embed-module.ts';
import { mintByKey } from '../embed/mint-by-key.ts';
import { runEmbed } from '../embed/run-embed.ts';
import contentCss from '../ui/content.css?inline';
import { leadRoasView } from './view.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(contentCss);

/** `<inlay-lead-roas data-key data-contact data-portal>`: the card of one HubSpot contact. */
export function mount(mount: Mount): void {
  runEmbed<LeadCard>(
    {
      path: '/v1/embeds/lead-roas',
      sheet,
      mint: mintByKey,
      view: (answer, reader) => leadRoasView(answer as LeadCard, reader),
    },
    mount,
  );
}
