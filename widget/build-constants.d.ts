/** Filled in by build-widget.ts. */
declare const __OPEN_ROOT__: boolean;
declare const __API_ORIGIN__: string;
declare const __LEAD_ROAS_CHUNK__: string;
declare const __AFFILIATE_STATS_CHUNK__: string;
