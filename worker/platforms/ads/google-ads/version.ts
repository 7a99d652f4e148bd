/** The one place that names the version of the Google Ads API (platforms/google-ads: v25 lives to Aug 2027). */
export const GOOGLE_ADS_VERSION = 'v25';
