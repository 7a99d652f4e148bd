import { LiError } from './li-error.ts';

/** The one version this sandbox was written against; 202607 is the newest seen [D]. */
export const LINKEDIN_VERSION = '202607';

/** First day a version no longer answers [D for the first four]; the later ones are the promised twelve months [K]. */
const ENDS: Record<string, string> = {
  '202511': '2026-11-16',
  '202601': '2027-01-15',
  '202602': '2027-02-15',
  '202603': '2027-03-16',
  '202604': '2027-04-15',
  '202605': '2027-05-15',
  '202606': '2027-06-15',
  [LINKEDIN_VERSION]: '2027-07-15',
};

/** There is no default version: absent and malformed are 400, ended and never existed are 426. */
export function checkVersion(version: string | null, now: number): void {
  if (version === null || version === '') {
    throw new LiError({
      status: 400,
      message: 'A version must be present. Please specify a version by adding the LinkedIn-Version header.',
    });
  }
  if (!/^\d{6}(\.\d{2})?$/.test(version)) throw new LiError({ status: 400, message: `Version ${version} is not in the format YYYYMM` });
  const end = ENDS[version.slice(0, 6)];
  if (end === undefined || now >= Date.parse(`${end}T00:00:00Z`)) {
    throw new LiError({ status: 426, message: `Requested version ${version} is not active` });
  }
}
