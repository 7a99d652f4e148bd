import type { PlanSettings } from '../launch-plan.ts';
import { platformRules, type AdPlatformId } from './index.ts';
import type { Need, OwnSetting, PlatformField } from './platform-rules.ts';

/** What a plan of this platform is asked besides what all are, where its goal has these needs. */
export function fieldsAsked(platform: AdPlatformId, needs: readonly Need[]): PlatformField[] {
  return platformRules(platform).fields.filter(({ need }) => need === undefined || needs.includes(need));
}

export type OwnSettings = Pick<PlanSettings, OwnSetting>;
export const NO_OWN_SETTINGS: OwnSettings = {
  keywords: [],
  locale: null,
  brandName: null,
  logoId: null,
  leadFormId: null,
  pixelId: null,
  specialAdCategories: [],
  political: false,
};

const YES = new Set(['yes', 'y', 'true', '1', 'x', 'oui', 'نعم']);
const NO = new Set(['', 'no', 'n', 'false', '0', 'non', 'لا']);

/** Typed text, or a cell's, as a plan holds it; null = it says neither yes nor no. Whether the plan may hold it is for the rules to say. */
export function readOwnSetting(setting: OwnSetting, text: string): Partial<OwnSettings> | null {
  const said = text.trim();
  switch (setting) {
    case 'keywords':
    case 'specialAdCategories':
      return { [setting]: listOf(said) };
    case 'political': {
      const word = said.toLowerCase();
      return YES.has(word) ? { political: true } : NO.has(word) ? { political: false } : null;
    }
    case 'brandName':
    case 'locale':
    case 'logoId':
    case 'leadFormId':
    case 'pixelId':
      return { [setting]: said === '' ? null : said };
  }
}

/** The same, the other way: what a cell has to say to be read as this again. */
export function writeOwnSetting(setting: OwnSetting, settings: OwnSettings): string {
  const value = settings[setting];
  if (value === null || value === false) return '';
  if (value === true) return 'yes';
  return typeof value === 'string' ? value : value.join('; ');
}

/** Search words hold no comma, and an id no blank. */
function listOf(text: string): string[] {
  const parts = text.split(/[\n;,]+/).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}
