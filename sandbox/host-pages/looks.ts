/** `?locale=fr_FR|ar|en` and `?theme=dark|light` of a host page. */
export interface Looks {
  lang: string;
  dir: 'ltr' | 'rtl';
  theme: 'dark' | 'light' | null;
  short: 'en' | 'fr' | 'ar';
}

export function looksOf(query: URLSearchParams): Looks {
  const asked = (query.get('locale') ?? 'en').replace('_', '-');
  const short = asked.startsWith('fr') ? 'fr' : asked.startsWith('ar') ? 'ar' : 'en';
  const theme = query.get('theme');
  return { lang: short, dir: short === 'ar' ? 'rtl' : 'ltr', theme: theme === 'dark' || theme === 'light' ? theme : null, short };
}
