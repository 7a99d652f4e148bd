import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startRig } from '../../bench/overlay/rig/start-rig.ts';
import { personScenarios } from './person.ts';
import { rowScenarios } from './rows.ts';
import { Stage } from './stage.ts';

/** The overlay on the imitated Ads Manager, with the extension's test build and a stub of our API; one Chromium for all scenarios. */
let stage: Stage;
beforeAll(async () => {
  stage = new Stage(await startRig());
}, 120_000);
afterAll(() => stage?.rig.close());
beforeEach(() => stage.clear());

const get = (): Stage => stage;
rowScenarios(get);
personScenarios(get);
