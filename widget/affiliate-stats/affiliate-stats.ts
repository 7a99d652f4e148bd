import type { AffiliateStats } from '#shared/contracts/embeds.ts';
import type { Mount } from '../embed/embed-module.ts';
import { mintByShop } from '../embed/mint-by-shop.ts';
import { runEmbed } from '../embed/run-embed.ts';
import contentCss from '../ui/content.css?inline';
import { affiliateStatsView } from './view.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(contentCss);

/** `<inlay-affiliate-stats>` on a shop's page: what the signed-in creator brought and earned. */
export function mount(mount: Mount): void {
  runEmbed<AffiliateStats>(
    {
      path: '/v1/embeds/affiliate-stats',
      sheet,
      mint: mintByShop,
      view: (answer, reader, host) => affiliateStatsView(answer, reader, host.dataset['signInUrl']),
    },
    mount,
  );
}
