import { account } from './app/account.en.ts';
import { builder } from './app/builder.en.ts';
import { grid } from './app/grid.en.ts';
import { figures } from './app/figures.en.ts';
import { findings } from './app/findings.en.ts';
import { launches } from './app/launches.en.ts';
import { undo } from './app/undo.en.ts';
import { screens } from './app/screens.en.ts';
import { shell } from './app/shell.en.ts';
import { operations } from './app/operations.en.ts';
import { settingsGeneral } from './app/settings-general.en.ts';
import { settingsPeople } from './app/settings-people.en.ts';
import { settingsTools } from './app/settings-tools.en.ts';
import { settingsTrust } from './app/settings-trust.en.ts';

/** Every sentence of the app and the panel. */
export const appMessages = {
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
export type AppMessageKey = keyof typeof appMessages;
