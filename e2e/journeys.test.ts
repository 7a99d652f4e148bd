import { afterAll, beforeAll } from 'vitest';
import { accessibilityJourney } from './journeys/accessibility.ts';
import { extensionJourney } from './journeys/extension.ts';
import { extensionOrganizationJourney, identityJourney } from './journeys/identity.ts';
import { launchJourney } from './journeys/launch.ts';
import { launchPlatformsJourney } from './journeys/launch-platforms.ts';
import { webAppJourney } from './journeys/web-app.ts';
import { organizationJourney } from './journeys/organization.ts';
import { widgetJourney } from './journeys/widgets.ts';
import { startWorld, type World } from './world.ts';

/** One stack and one Chromium for all journeys: starting them is most of the time. */
let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 120_000);
afterAll(() => world?.stop());

const get = (): World => world;
webAppJourney(get);
identityJourney(get);
organizationJourney(get);
extensionJourney(get);
launchJourney(get);
launchPlatformsJourney(get);
widgetJourney(get);
accessibilityJourney(get);
extensionOrganizationJourney(get);
