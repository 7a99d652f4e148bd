import { expect, test } from 'vitest';
import { isMachine } from './visitor.ts';

const DESKTOP = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const IOS = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const visit = (agent: string | null, headers: Record<string, string> = {}, method = 'GET') =>
  new Request('https://api.example.com/r/x', { method, headers: { ...headers, ...(agent === null ? {} : { 'user-agent': agent }) } });

test.each([
  ['desktop', DESKTOP],
  ['Instagram', `${IOS} Mobile/22B83 Instagram 356.0.0.28.100 (iPhone15,2; iOS 18_1; fr_FR; fr; scale=3.00; 1179x2556; 660000000)`],
  [
    'Facebook',
    `${IOS} Mobile/22B83 [FBAN/FBIOS;FBAV/490.0.0.40.109;FBBV/660000000;FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS;FBSV/18.1;FBSS/3;FBID/phone;FBLC/fr_FR;FBOP/5]`,
  ],
  ['Messenger', `${IOS} Mobile/22B83 [FBAN/MessengerForiOS;FBAV/483.0.0.34.108;FBDV/iPhone15,2]`],
  [
    'TikTok',
    `${IOS} Mobile/15E148 musical_ly_36.5.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/fr Region/FR BytedanceWebview/d8a21c6`,
  ],
  ['Snapchat', `${IOS} Version/18.1 Mobile/15E148 Snapchat/13.14.0.41 (like Safari/8619.2.8.10.9, panda)`],
  ['LinkedIn', `${IOS} Mobile/15E148 [LinkedInApp]/9.30.1821`],
  ['Pinterest', `${IOS} Mobile/22B83 [Pinterest/iOS]`],
  ['X', `${IOS} Mobile/22B83 Twitter for iPhone/10.67`],
  ['WeChat', `${IOS} Mobile/15E148 MicroMessenger/8.0.54(0x1800362c) NetType/WIFI Language/fr`],
])('the browser inside %s is a person', (_name, agent) => {
  expect(isMachine(visit(agent))).toBe(false);
});

test.each([
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'WhatsApp/2.24.20.0 A',
  'TelegramBot (like TwitterBot)',
  'Twitterbot/1.0',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
  'curl/8.9.1',
  DESKTOP.replace('Chrome', 'HeadlessChrome'),
  'TikTokSpider',
])('%s is a machine', (agent) => {
  expect(isMachine(visit(agent))).toBe(true);
});

test('a look before the click, a HEAD and a nameless caller are machines', () => {
  for (const headers of [
    { 'sec-purpose': 'prefetch;prerender' },
    { 'sec-purpose': 'prefetch' },
    { purpose: 'prefetch' },
    { 'x-purpose': 'preview' },
    { 'x-moz': 'prefetch' },
  ])
    expect(isMachine(visit(DESKTOP, headers)), JSON.stringify(headers)).toBe(true);
  expect(isMachine(visit(DESKTOP, {}, 'HEAD'))).toBe(true);
  expect(isMachine(visit(null))).toBe(true);
});
