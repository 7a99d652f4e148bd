import { builder } from './app/builder.en.ts';
import { figures } from './app/figures.en.ts';
import { findings } from './app/findings.en.ts';
import { launches } from './app/launches.en.ts';
import { screens } from './app/screens.en.ts';
import { shell } from './app/shell.en.ts';

/** Every sentence of the app and the panel. */
export const appMessages = { ...shell, ...figures, ...screens, ...launches, ...builder, ...findings };
export type AppMessageKey = keyof typeof appMessages;
