/** Currencies offered where an organization begins; its settings know them all. */
export const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'AED', 'SAR', 'MAD', 'EGP', 'JPY'];

/** Where each of them but the euro is spent, by country code. */
const SPENT_IN: Readonly<Record<string, string>> = {
  US: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  LI: 'CHF',
  CA: 'CAD',
  AE: 'AED',
  SA: 'SAR',
  MA: 'MAD',
  EG: 'EGP',
  JP: 'JPY',
};

/** What is likely counted in where this browser stands, by the region its owner gave it; a first proposal that anybody can change. */
export function currencyHere(languages: readonly string[] = navigator.languages): string {
  for (const tag of languages) {
    const { region } = new Intl.Locale(tag);
    if (region !== undefined) return SPENT_IN[region] ?? 'EUR';
  }
  return 'EUR';
}
