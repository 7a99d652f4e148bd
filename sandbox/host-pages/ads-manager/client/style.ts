import { hashed } from '../../browser/class-names.ts';

const LIGHT =
  '--bg:#f0f2f5;--card:#fff;--ink:#1c2b33;--quiet:#5d6c7b;--line:#dadde1;--hover:#f2f4f7;--accent:#0a66c2;--accent-ink:#fff;--soft:#e7f0fa;--on:#0a66c2;--off:#bec3c9;--good:#1d7a3c';
const DARK =
  '--bg:#18191c;--card:#242629;--ink:#e4e6eb;--quiet:#a3a8b0;--line:#3a3d42;--hover:#2e3135;--accent:#5aa2f0;--accent-ink:#0d1a28;--soft:#22364d;--on:#5aa2f0;--off:#5c6068;--good:#62c484';

const CSS = `
@@root{${LIGHT};color-scheme:light;height:100vh;display:flex;background:var(--bg);color:var(--ink);font:13px/18px "Segoe UI",system-ui,-apple-system,"Helvetica Neue",Arial,"Noto Sans Arabic","Noto Sans CJK JP",sans-serif}
@@dark{${DARK};color-scheme:dark}
@@root *{box-sizing:border-box}
@@root [hidden]{display:none}
@@rail{width:52px;flex:none;background:var(--card);border-inline-end:1px solid var(--line);display:flex;flex-direction:column;align-items:center;gap:4px;padding:10px 0}
@@railitem{width:36px;height:36px;border-radius:8px;display:grid;place-items:center;color:var(--quiet)}
@@railon{background:var(--soft);color:var(--accent)}
@@main{flex:1;min-width:0;display:flex;flex-direction:column;padding:0 16px 12px}
@@head{display:flex;align-items:center;gap:12px;height:56px}
@@title{font-size:18px;line-height:24px;font-weight:700;margin:0}
@@select{height:34px;border:1px solid var(--line);border-radius:6px;background:var(--card);color:var(--ink);padding-inline:8px;font:inherit;max-width:280px}
@@grow{flex:1}
@@button{height:34px;border:1px solid var(--line);border-radius:6px;background:var(--card);color:var(--ink);padding:0 12px;font:inherit;font-weight:600;display:inline-flex;align-items:center;gap:6px;cursor:pointer}
@@button:hover{background:var(--hover)}
@@primary{background:var(--accent);border-color:var(--accent);color:var(--accent-ink)}
@@primary:hover{background:var(--accent);filter:brightness(1.08)}
@@searchbar{display:flex;gap:8px;align-items:center;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:6px 10px;margin-bottom:10px}
@@search{flex:1;border:0;background:none;color:inherit;font:inherit;outline-offset:4px;height:26px}
@@chip{border:1px solid var(--line);border-radius:14px;padding:3px 10px;font-weight:600;color:var(--quiet)}
@@card{flex:1;min-height:0;display:flex;flex-direction:column;background:var(--card);border:1px solid var(--line);border-radius:8px;overflow:hidden}
@@tabs{display:flex;background:var(--bg);border-bottom:1px solid var(--line)}
@@tab{flex:1;height:44px;border:0;border-inline-end:1px solid var(--line);background:transparent;color:var(--quiet);font:inherit;font-weight:600;text-align:start;padding:0 16px;display:flex;gap:8px;align-items:center;cursor:pointer}
@@tabon{background:var(--card);color:var(--accent);box-shadow:inset 0 -3px 0 var(--accent)}
@@pill{background:var(--accent);color:var(--accent-ink);border-radius:10px;padding:1px 8px;font-size:12px}
@@tools{display:flex;gap:6px;align-items:center;padding:8px 12px;border-bottom:1px solid var(--line)}
@@scroller{flex:1;min-height:0;overflow:auto;position:relative;contain:strict}
@@grid{position:relative;min-width:100%}
@@headrow,@@footrow{position:sticky;z-index:3;display:block;background:var(--card)}
@@headrow{top:0;border-bottom:1px solid var(--line)}
@@footrow{bottom:0;border-top:1px solid var(--line)}
@@body{position:relative}
@@slot{position:absolute;inset-block-start:0;inset-inline:0;display:block;contain:layout style;border-bottom:1px solid var(--line);background:var(--card)}
@@slot:hover,@@slot:hover @@pin{background:var(--hover)}
@@selected,@@selected @@pin{background:var(--soft)}
@@row{position:relative;height:100%;display:block}
@@pin{position:sticky;inset-inline-start:0;z-index:2;display:flex;height:100%;background:var(--card);border-inline-end:1px solid var(--line);width:416px}
@@cell{display:flex;flex-direction:column;justify-content:center;padding-inline:12px;min-width:0;height:100%;overflow:hidden}
@@float{position:absolute;inset-block-start:0}
@@num{align-items:flex-end;font-variant-numeric:tabular-nums;text-align:end}
@@headcell{font-weight:600;color:var(--quiet);cursor:pointer;white-space:nowrap;border:0;background:none;font-family:inherit;font-size:inherit}
@@headcell:hover{background:var(--hover)}
@@text{white-space:nowrap;overflow:hidden;text-overflow:ellipsis;max-width:100%}
@@quiet{color:var(--quiet);font-size:12px;line-height:15px}
@@link{color:var(--accent);text-decoration:none;font-weight:600}
@@link:hover{text-decoration:underline}
@@thumb{width:28px;height:28px;border-radius:4px;flex:none;border:1px solid var(--line)}
@@namebox{display:flex;align-items:center;gap:10px;min-width:0;width:100%}
@@switch{width:32px;height:18px;border-radius:9px;border:0;background:var(--off);position:relative;padding:0;cursor:pointer}
@@switch[aria-checked=true]{background:var(--on)}
@@knob{position:absolute;inset-block-start:2px;inset-inline-start:2px;width:14px;height:14px;border-radius:50%;background:#fff}
@@switch[aria-checked=true] @@knob{inset-inline-start:16px}
@@dot{display:inline-block;width:8px;height:8px;border-radius:50%;background:var(--off);margin-inline-end:6px}
@@doton{background:var(--good)}
@@check{width:44px;flex:none;display:grid;place-items:center}
@@onoff{width:56px;flex:none;display:grid;place-items:center}
@@namecell{flex:1}
@@message{padding:48px;text-align:center;color:var(--quiet)}
@@skeleton{height:12px;border-radius:6px;background:var(--line);margin:17px 16px}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
`;

/** The page's sheet with this load's class names; constructed, because inline style is forbidden by the page's own policy. */
export function applyStyle(root: HTMLElement, darkClass: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(hashed(CSS));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const wanted = new URLSearchParams(location.search).get('theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const paint = (): void => {
    const dark = wanted === null ? system.matches : wanted === 'dark';
    root.classList.toggle(darkClass, dark);
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
    document.body.style.background = dark ? '#18191c' : '#f0f2f5';
  };
  system.addEventListener('change', paint);
  paint();
}
