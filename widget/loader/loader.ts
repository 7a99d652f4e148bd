import { defineEmbed } from './define-embed.ts';

defineEmbed('inlay-lead-roas', __LEAD_ROAS_CHUNK__);
defineEmbed('inlay-affiliate-stats', __AFFILIATE_STATS_CHUNK__);
