import { contactCard } from './features/contact-card.ts';
import { rowBadges } from './features/row-badges.ts';
import { strip } from './features/strip.ts';
import { runFeatures } from './feature-runner.ts';

runFeatures([rowBadges, strip, contactCard], new AbortController());
