/** The one place that names the API's version; 202607 is the newest seen (platforms/linkedin, Base and versions). */
export const LINKEDIN_VERSION = '202607';
