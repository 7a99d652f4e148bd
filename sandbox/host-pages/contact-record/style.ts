const LIGHT =
  '--bg:#f5f8fa;--card:#fff;--ink:#33475b;--quiet:#516f90;--line:#dfe3eb;--soft:#eaf0f6;--accent:#0b7285;--bar:#2d3e50;--bar-ink:#fff';
const DARK =
  '--bg:#16191d;--card:#20242a;--ink:#dfe5ec;--quiet:#9fb0c3;--line:#343b44;--soft:#2a3038;--accent:#58c4d6;--bar:#0f1215;--bar-ink:#e8edf2';

/** The record page's own rules; the widget's documented reserve is put behind them when the file is served. */
export const recordStyle = `:root{${LIGHT};color-scheme:light}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK};color-scheme:dark}}
:root[data-theme=dark]{${DARK};color-scheme:dark}
*{box-sizing:border-box}[hidden]{display:none!important}
body{margin:0;background:var(--bg);color:var(--ink);font:14px/22px "Lexend Deca",system-ui,-apple-system,"Segoe UI",Helvetica,Arial,"Noto Sans Arabic",sans-serif}
a{color:var(--accent);font-weight:600;text-decoration:none}a:hover{text-decoration:underline}
.topbar{height:48px;background:var(--bar);color:var(--bar-ink);display:flex;align-items:center;gap:24px;padding-inline:20px}
.topbar b{font-size:15px}.topbar span{opacity:.85}.topbar .grow{flex:1}
.columns{display:grid;grid-template-columns:340px minmax(0,1fr) 360px;height:calc(100vh - 48px)}
.side,.middle{overflow:auto;padding:16px}.side{background:var(--card)}
.side:first-child{border-inline-end:1px solid var(--line)}.side:last-child{border-inline-start:1px solid var(--line)}
.crumbs{display:flex;justify-content:space-between;font-size:13px;margin-bottom:16px}
.who{display:flex;gap:16px;align-items:center;margin-bottom:16px}
.avatar{width:64px;height:64px;border-radius:50%;background:var(--soft);color:var(--quiet);display:grid;place-items:center;font-size:22px;font-weight:600;flex:none}
h1{font-size:22px;line-height:28px;margin:0}h2{font-size:15px;line-height:22px;margin:0}
.quiet{color:var(--quiet);font-size:13px;line-height:18px}
.actions{display:flex;gap:12px;margin-bottom:20px}
.action{flex:1;text-align:center;font-size:12px;color:var(--quiet)}
.action i{display:grid;place-items:center;width:36px;height:36px;margin:0 auto 4px;border-radius:50%;background:var(--soft);color:var(--ink);font-style:normal}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:16px;margin-bottom:16px}
.card>header{display:flex;justify-content:space-between;margin-bottom:12px}
dl{margin:0}dt{color:var(--quiet);font-size:12px;line-height:16px;margin-top:12px}dd{margin:0;unicode-bidi:isolate;min-height:22px;overflow-wrap:anywhere}
.tabs{display:flex;gap:24px;border-bottom:1px solid var(--line);margin-bottom:16px}.tabs span{padding:8px 0;color:var(--quiet);font-weight:600}.tabs .on{color:var(--ink);box-shadow:inset 0 -3px 0 var(--accent)}
.event{display:flex;gap:12px;justify-content:space-between}
.cardbody{min-height:112px}.cardbody table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}.cardbody td{padding:3px 0}.cardbody td:last-child{text-align:end;font-weight:600}
@media (max-width:1100px){.columns{grid-template-columns:300px minmax(0,1fr);height:auto}.side:last-child{grid-column:1/-1}}
@media (max-width:720px){.columns{grid-template-columns:minmax(0,1fr)}}
`;
