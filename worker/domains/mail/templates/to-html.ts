import { inlayBrand } from '#shared/branding/tokens.ts';
import { directionOf, type Locale } from '#shared/messages/locales.ts';
import { shownFacts, type Parts } from './to-text.ts';
import type { MailWords } from './words.ts';

const { accent, accentText, line, surface, surfaceSunken, text, textFaint, textSoft } = inlayBrand.light;
const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** The mail as HTML that old mailboxes show too: inline styles, no pictures, nothing that tells us it was read. */
export function toHtml(
  { words, small, link, unsubscribe }: Parts,
  common: Pick<MailWords, 'linkNote' | 'unsubscribe'>,
  locale: Locale,
): string {
  const dir = directionOf(locale);
  const side = dir === 'rtl' ? 'right' : 'left';
  const paragraph = (content: string, style = '') => `<p style="margin:0 0 16px;${style}">${content}</p>`;
  const facts = shownFacts(words)
    .map(
      ([label, value]) =>
        `<tr><th scope="row" style="padding:6px 0;text-align:${side};font-weight:400;color:${textSoft};border-bottom:1px solid ${line}">${safe(label)}</th><td dir="auto" style="padding:6px 0;padding-${side}:16px;text-align:${dir === 'rtl' ? 'left' : 'right'};font-variant-numeric:tabular-nums;border-bottom:1px solid ${line}">${safe(value)}</td></tr>`,
    )
    .join('');
  const body = [
    paragraph(safe(words.greeting)),
    ...words.lines.map((one) => paragraph(safe(one))),
    facts &&
      `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 20px;border-collapse:collapse">${facts}</table>`,
    words.code === undefined
      ? ''
      : paragraph(`<bdi dir="ltr">${safe(words.code)}</bdi>`, 'font-size:28px;line-height:36px;font-weight:600;letter-spacing:6px'),
    link === null || words.button === undefined
      ? ''
      : paragraph(
          `<a href="${safe(link)}" style="display:inline-block;padding:12px 24px;background:${accent};color:${accentText};border-radius:8px;font-weight:600;text-decoration:none">${safe(words.button)}</a>`,
          'margin:8px 0 20px',
        ),
    ...words.after.map((one) => paragraph(safe(one))),
    link === null || words.button === undefined
      ? ''
      : paragraph(
          `${safe(common.linkNote)}<br><a href="${safe(link)}" dir="ltr" style="color:${accent};word-break:break-all">${safe(link)}</a>`,
          `font-size:13px;line-height:20px;color:${textSoft}`,
        ),
  ].join('');
  const end = [
    ...small.map(safe),
    ...(unsubscribe === null ? [] : [`<a href="${safe(unsubscribe)}" style="color:${textFaint}">${safe(common.unsubscribe)}</a>`]),
  ].join('<br>');
  return `<!doctype html><html lang="${locale}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><title>${safe(words.subject)}</title></head><body style="margin:0;padding:24px 12px;background:${surfaceSunken};color:${text};font:15px/24px ${FONT}"><div style="display:none;max-height:0;overflow:hidden">${safe(words.preheader)}</div><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center"><table role="presentation" width="560" cellpadding="0" cellspacing="0" dir="${dir}" style="width:100%;max-width:560px;text-align:${side}"><tr><td style="padding:0 8px 16px;font-weight:700;font-size:16px">${safe(inlayBrand.name)}</td></tr><tr><td style="padding:28px 32px 12px;background:${surface};border:1px solid ${line};border-radius:12px"><h1 style="margin:0 0 16px;font-size:20px;line-height:28px">${safe(words.subject)}</h1>${body}</td></tr><tr><td style="padding:16px 8px;font-size:12px;line-height:18px;color:${textFaint}">${end}</td></tr></table></td></tr></table></body></html>`;
}

/** Text for an HTML text node or a double-quoted attribute. */
export const safe = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
