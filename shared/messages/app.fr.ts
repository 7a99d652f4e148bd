import { builder } from './app/builder.fr.ts';
import { figures } from './app/figures.fr.ts';
import { findings } from './app/findings.fr.ts';
import { launches } from './app/launches.fr.ts';
import { screens } from './app/screens.fr.ts';
import { shell } from './app/shell.fr.ts';
import type { AppMessageKey } from './app.en.ts';
import type { Catalogue } from './translate.ts';

export const appMessages: Catalogue<AppMessageKey> = { ...shell, ...figures, ...screens, ...launches, ...builder, ...findings };
