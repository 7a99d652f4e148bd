/** Languages with their countries that a screen offers (unconfirmed which of them each platform has): the platform refuses what it has not. */
export const LOCALES: readonly string[] = [
  'ar_AE',
  'cs_CZ',
  'da_DK',
  'de_DE',
  'el_GR',
  'en_US',
  'es_ES',
  'fi_FI',
  'fr_FR',
  'hu_HU',
  'it_IT',
  'ja_JP',
  'ko_KR',
  'nl_NL',
  'no_NO',
  'pl_PL',
  'pt_BR',
  'ro_RO',
  'ru_RU',
  'sv_SE',
  'th_TH',
  'tr_TR',
  'uk_UA',
  'zh_CN',
  'zh_TW',
];

/** A language and a country as a plan writes them, "fr_FR". */
export const LOCALE_PATTERN = /^[a-z]{2}_[A-Z]{2}$/;
