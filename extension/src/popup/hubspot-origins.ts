/** The optional host of the contact card, asked for on the person's own click. */
export const HUBSPOT_ORIGINS = ['https://app.hubspot.com/*'];
