import { account } from './app/account.ar.ts';
import { builder } from './app/builder.ar.ts';
import { grid } from './app/grid.ar.ts';
import { figures } from './app/figures.ar.ts';
import { findings } from './app/findings.ar.ts';
import { launches } from './app/launches.ar.ts';
import { undo } from './app/undo.ar.ts';
import { screens } from './app/screens.ar.ts';
import { shell } from './app/shell.ar.ts';
import { operations } from './app/operations.ar.ts';
import { settingsGeneral } from './app/settings-general.ar.ts';
import { settingsPeople } from './app/settings-people.ar.ts';
import { settingsTools } from './app/settings-tools.ar.ts';
import { settingsTrust } from './app/settings-trust.ar.ts';
import type { AppMessageKey } from './app.en.ts';
import type { Catalogue } from './translate.ts';

export { refusals } from './app/refusals.ar.ts';
export const appMessages: Catalogue<AppMessageKey> = {
  ...shell,
  ...figures,
  ...screens,
  ...launches,
  ...undo,
  ...builder,
  ...grid,
  ...findings,
  ...operations,
  ...settingsGeneral,
  ...settingsPeople,
  ...settingsTools,
  ...settingsTrust,
  ...account,
};
