import { paletteCss } from './palette-css.ts';
import type { Theme } from './page-theme.ts';

export const stripCss = (theme: Theme): string => `${paletteCss('.strip', theme)}
.strip{position:fixed;inset-block:auto 16px;inset-inline:auto 16px;margin:0;box-sizing:border-box;max-inline-size:calc(100vw - 32px);display:flex;flex-wrap:wrap;align-items:center;gap:4px 8px;padding:6px 10px;overflow:visible;
background:var(--surface-raised);color:var(--text);border:1px solid var(--line);border-radius:10px;box-shadow:var(--shadow);font:13px/20px system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
.strip:not(:popover-open){display:none}
.mark{font-weight:650;display:inline-flex;gap:6px;align-items:center}.dot{color:var(--text-faint);font-size:11px}.dot.on{color:var(--good)}.dot.less{color:var(--fair)}
.figures{display:inline-flex;flex-wrap:wrap;gap:0 10px;align-items:baseline}.pair b{font-weight:650}.name{color:var(--text-soft);font-size:12px}.name.late{color:var(--fair)}.say{color:var(--text-soft)}
button,.chip{all:unset;box-sizing:border-box;min-block-size:24px;padding:0 8px;border-radius:6px;cursor:pointer;font:inherit;font-size:12px;color:var(--text-soft);display:inline-flex;align-items:center}
.chip{border:1px solid var(--line-strong);color:var(--text)}select.chip{display:inline-block;white-space:nowrap;text-overflow:ellipsis;overflow:hidden;line-height:22px;max-inline-size:170px;background:var(--surface-raised)}.chip.still{cursor:default;border-color:var(--line);color:var(--text-soft)}
.icon{inline-size:24px;padding:0;justify-content:center;font-size:14px}
.open{background:var(--accent);color:var(--accent-text);font-weight:600}.open:hover{background:var(--accent-hover)}.quiet:hover,select.chip:hover{background:var(--surface-hover)}
button:focus-visible,.chip:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.folded>:not(.mark,.icon){display:none}
@media (max-width:1360px){.still{display:none}}
@media (prefers-reduced-motion:no-preference){button{transition:background-color .12s}}`;
