import { expect, test } from 'vitest';
import { LOCALES } from '#shared/messages/locales.ts';
import { MAIL_TEMPLATES, type MailData, type MailTemplate } from './mail.ts';
import { renderMail } from './render-mail.ts';

const LINK = 'https://app.inlay.test/confirm#itl_AbC-123_x';
const AT = '2026-11-20T10:15:00.000Z';
const SAMPLE: { [T in MailTemplate]: MailData<T> } = {
  confirm_sign_up: { name: 'Reader', link: LINK },
  already_have_account: { name: 'Reader', link: LINK },
  welcome: { name: 'Reader', organization: 'Atlas Studio', link: LINK },
  magic_link: { name: 'Reader', link: LINK, place: null, device: 'Firefox on Linux' },
  reset_password: { name: 'Reader', link: LINK },
  proof_code: { name: 'Reader', code: '048213' },
  change_email: { name: 'Reader', link: LINK },
  invitation: { organization: 'Atlas Studio', invitedBy: 'Reader', role: 'analyst', link: LINK, expiresAt: AT },
  security_notice: { name: 'Reader', what: 'new_sign_in', at: AT, place: 'Rabat, MA', device: null, link: LINK },
  approval_asked: {
    name: 'Reader',
    organization: 'Atlas Studio',
    launch: 'Autumn',
    account: 'Atlas EU',
    askedBy: 'Sam',
    amount: '€1,200.00',
    expiresAt: '2026-11-22T10:00:00.000Z',
    link: LINK,
  },
  approval_decided: { name: 'Reader', launch: 'Autumn', decidedBy: 'Kim', decision: 'declined', reason: 'Too early', link: LINK },
  webhooks_off: { name: 'Reader', organization: 'Atlas Studio', host: 'hooks.atlas.example', reason: 'failing', link: LINK },
  export_ready: { name: 'Reader', link: LINK, expiresAt: AT },
  customer_copy_ready: { name: 'Reader', organization: 'Atlas Studio', shop: 'atlas.myshopify.com', link: LINK, expiresAt: AT },
  weekly_digest: {
    name: 'Reader',
    organization: 'Atlas Studio',
    from: '9 Nov',
    until: '15 Nov',
    spend: '€1,204.50',
    revenue: null,
    roas: null,
    leads: 12,
    launches: 0,
    link: LINK,
    unsubscribe: 'https://api.inlay.test/v1/digest/off?o=1',
  },
};
const ALL = Object.keys(MAIL_TEMPLATES) as MailTemplate[];
const render = (template: MailTemplate, locale: string, data: object = SAMPLE[template]) =>
  renderMail(template, 'reader@example.com', locale, data as never);

test('every mail in every language: a subject, the link on a line of its own, who it was sent to, no picture and nothing from elsewhere', () => {
  for (const template of ALL)
    for (const locale of LOCALES) {
      const mail = render(template, locale);
      const name = `${template} ${locale}`;
      expect(mail.subject.length, name).toBeGreaterThan(8);
      expect(mail.text, name).toContain('reader@example.com');
      expect(mail.html, name).toContain('reader@example.com');
      expect(mail.html, name).toContain(`lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}"`);
      expect(mail.html, name).not.toMatch(/<img|<script|<link|url\(|@import/i);
      expect(mail.text, name).not.toMatch(/undefined|null|\[object/);
      if ('link' in SAMPLE[template]) {
        expect(mail.text.split('\n'), name).toContain(LINK);
        expect(mail.text.match(/#([\w-]+)/)?.[1], name).toBe('itl_AbC-123_x');
        expect(mail.html.split(`href="${LINK}"`).length - 1, `${name}: the button and the address in full`).toBe(2);
      }
    }
});

test('no two languages say the same, and every notice of safety says what to do', () => {
  const whats = MAIL_TEMPLATES.security_notice.shape.what.options;
  for (const what of whats) {
    const said = LOCALES.map((locale) => render('security_notice', locale, { ...SAMPLE.security_notice, what }));
    expect(new Set(said.map((mail) => mail.subject)).size, what).toBe(3);
    for (const mail of said) expect(mail.text.split('\n\n').length, what).toBeGreaterThan(5);
  }
  for (const template of ALL) expect(new Set(LOCALES.map((locale) => render(template, locale).subject)).size, template).toBe(3);
});

test('the button of a notice is true of every page it may lead to: sessions, the account, support or the data', () => {
  const buttons = LOCALES.map(
    (locale) => render('security_notice', locale, { ...SAMPLE.security_notice, what: 'organization_deletion' }).html,
  );
  for (const html of buttons) expect(html).toMatch(/>(Open my settings|Ouvrir mes réglages|فتح الإعدادات)</);
});

test('unknown is "—" and zero is zero; the digest can be switched off by a press of the mailbox', () => {
  const digest = render('weekly_digest', 'en');
  expect(digest.text).toContain('Revenue from ads: —');
  expect(digest.text).toContain('Launches: 0');
  expect(digest.headers).toEqual({
    'List-Unsubscribe': `<${SAMPLE.weekly_digest.unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
  expect(render('welcome', 'en').headers).toEqual({});
});

test("what strangers type cannot become markup, a link or a second line of somebody else's mail", () => {
  const typed = 'Win at https://evil.example/x <b onload="x">now</b>\r\nBcc: all\u202e';
  for (const locale of LOCALES)
    for (const template of ['invitation', 'welcome', 'weekly_digest'] as const) {
      const mail = render(template, locale, { ...SAMPLE[template], organization: typed, name: typed, invitedBy: typed });
      expect(mail.html).not.toContain('<b onload');
      expect(mail.html).not.toContain('https://evil');
      expect(mail.text).not.toContain('https://evil');
      expect(mail.text).not.toContain('evil.example');
      expect(mail.subject).not.toMatch(/[\r\n\u202e]/);
      expect(mail.text).not.toMatch(/^Bcc:/m);
    }
});

test('a language we do not speak is English', () => {
  expect(render('welcome', 'de').subject).toBe(render('welcome', 'en').subject);
});
