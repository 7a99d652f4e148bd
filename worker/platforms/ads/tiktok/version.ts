/** The one place that names the version of TikTok's API for Business. */
export const TIKTOK_VERSION = 'v1.3';
