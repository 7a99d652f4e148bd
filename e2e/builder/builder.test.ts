import { afterAll, beforeAll } from 'vitest';
import { openBuilderPages, type BuilderPages } from './builder-page.ts';
import { gridScenarios } from './grid.ts';
import { mediaScenarios } from './media.ts';

/** The launch builder alone, in one Chromium, its service from memory. */
let pages: BuilderPages;
beforeAll(async () => {
  pages = await openBuilderPages();
}, 180_000);
afterAll(() => pages?.close());

const get = (): BuilderPages => pages;
gridScenarios(get);
mediaScenarios(get);
