/** The one place that names the Admin API version. */
export const ADMIN_VERSION = '2026-10';
