import { account } from './app/account.fr.ts';
import { builder } from './app/builder.fr.ts';
import { grid } from './app/grid.fr.ts';
import { figures } from './app/figures.fr.ts';
import { findings } from './app/findings.fr.ts';
import { launches } from './app/launches.fr.ts';
import { undo } from './app/undo.fr.ts';
import { screens } from './app/screens.fr.ts';
import { shell } from './app/shell.fr.ts';
import { operations } from './app/operations.fr.ts';
import { settingsGeneral } from './app/settings-general.fr.ts';
import { settingsPeople } from './app/settings-people.fr.ts';
import { settingsTools } from './app/settings-tools.fr.ts';
import { settingsTrust } from './app/settings-trust.fr.ts';
import type { AppMessageKey } from './app.en.ts';
import type { Catalogue } from './translate.ts';

export { refusals } from './app/refusals.fr.ts';
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
