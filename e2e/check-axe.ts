import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface AxeResult {
  violations: { id: string; impact: string; nodes: { target: unknown[]; html: string }[] }[];
}

/** What axe finds on a page, or inside one element of it, as short lines. Open shadow roots are looked into. */
export async function axeFindings(page: Page, within: string | null = null): Promise<string[]> {
  await page.evaluate(source);
  const { violations } = await page.evaluate((selector) => {
    const { axe } = window as unknown as { axe: { run(where: unknown, options: object): Promise<AxeResult> } };
    return axe.run(selector === null ? document : { include: [[selector]] }, { resultTypes: ['violations'] });
  }, within);
  return violations.map(
    (one) =>
      `${one.id} (${one.impact}): ${one.nodes
        .slice(0, 3)
        .map((node) => `${JSON.stringify(node.target)} ${node.html.slice(0, 120)}`)
        .join(' · ')}`,
  );
}
