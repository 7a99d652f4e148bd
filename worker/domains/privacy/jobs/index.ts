import { erasePlatformUser } from './erase-platform-user.ts';
import { expireCopy } from './expire-copy.ts';
import { makeCopy } from './make-copy.ts';
import { purgeExpired } from './purge-expired.ts';
import { reapplyErasures } from './reapply-erasures.ts';
import { runDeletion } from './run-deletion.ts';

export const privacyJobs = [makeCopy, expireCopy, runDeletion, reapplyErasures, purgeExpired, erasePlatformUser] as const;
