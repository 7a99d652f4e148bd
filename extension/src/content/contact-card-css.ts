import { paletteCss } from './palette-css.ts';
import type { Theme } from './page-theme.ts';

export const contactCardCss = (theme: Theme): string => `${paletteCss('.contact', theme)}
.contact{position:fixed;inset-block:auto 16px;inset-inline:auto 16px;margin:0;box-sizing:border-box;inline-size:320px;max-block-size:70vh;padding:12px 16px;overflow:auto;background:var(--surface-raised);color:var(--text);border:1px solid var(--line);
border-radius:10px;box-shadow:var(--shadow);font:14px/22px system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
.contact:not(:popover-open){display:none}
header{display:flex;gap:4px;align-items:baseline}header b{flex:1;font-size:13px}dl{margin:8px 0 0}dt{color:var(--text-soft);font-size:12px;line-height:16px;margin-block-start:8px}dd{margin:0;overflow-wrap:anywhere}
small{display:block;color:var(--text-soft);font-size:12px;line-height:18px}.soft{color:var(--text-soft);font-size:12px;line-height:18px;margin:8px 0 0}.by{color:var(--text-faint);font-size:11px;line-height:16px;margin:8px 0 0}
a{color:var(--accent)}a:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
button{all:unset;min-block-size:24px;min-inline-size:24px;text-align:center;border-radius:6px;cursor:pointer;font-size:14px;color:var(--text-soft)}button:hover{background:var(--surface-hover)}button:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.skeleton{block-size:14px;border-radius:4px;background:var(--surface-hover);margin-block-start:10px}.folded>:not(header){display:none}`;
