import path from 'node:path';
import { DEMO_IDS } from '../sandbox/meta/index.ts';
import type { SignedIn } from './demo-member.ts';
import { approve, demoAccount, storeAndCheck, untilVerified } from './demo/launch-brief.ts';
import { adsOnAir, launchTruth, shortcomings } from './demo/launch-oracle.ts';
import { planOfBrief } from './demo/plan-of-brief.ts';
import { readBrief } from './demo/read-brief.ts';
import { uploadBrief } from './demo/upload-brief.ts';
import { DEMO_SHOP } from './seed-demo.ts';
import type { Stack } from './stack.ts';

const BRIEFS = path.resolve(import.meta.dirname, '../sandbox/briefs');
const ADS = 2;

/** Two ads from a sheet and its images to "verified": created once each, paused, and read back. @throws with what went otherwise */
export async function checkLaunch(stack: Stack, member: SignedIn): Promise<void> {
  const { rows, files } = await readBrief(path.join(BRIEFS, 'small.csv'), path.join(BRIEFS, 'media'));
  const concepts = files.filter((file) => /concept-0[12]_1x1/.test(file.fileName));
  const plan = planOfBrief(
    'Check of this machine',
    rows.slice(0, 1 + ADS),
    await uploadBrief(member, concepts),
    await demoAccount(member),
    { pageId: DEMO_IDS.page, leadFormId: DEMO_IDS.form, linkUrl: `https://${DEMO_SHOP}/products/field-tote` },
    Date.now(),
  );
  const { launch } = await storeAndCheck(member, plan);
  if (launch.counts.ad !== ADS) throw new Error(`${launch.counts.ad} ads were planned instead of ${ADS}`);
  await approve(member, launch);
  await untilVerified(member, launch.id, 60);
  const wrong = shortcomings(await launchTruth(stack, launch.id, ADS));
  if (adsOnAir(stack) > 0) wrong.push('an ad could spend before anybody switched it on');
  if (wrong.length > 0) throw new Error(wrong.join(', '));
}
