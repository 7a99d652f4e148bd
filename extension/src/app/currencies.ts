/** Currencies offered where an organization begins; its settings know them all. */
export const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'AED', 'SAR', 'MAD', 'EGP', 'JPY'];
