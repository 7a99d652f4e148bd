const LIGHT = '--bg:#fbfaf7;--ink:#22262b;--quiet:#5f666e;--line:#e2dfd7;--soft:#f1eee6;--button:#22262b;--button-ink:#fff;--ok:#1f6b45';
const DARK = '--bg:#15171a;--ink:#eceae4;--quiet:#a7abb0;--line:#32363b;--soft:#202327;--button:#eceae4;--button-ink:#15171a;--ok:#74c79d';

/** The theme's own rules; the widget's documented reserve is put behind them when the file is served. */
export const themeStyle = `:root{${LIGHT};color-scheme:light}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK};color-scheme:dark}}
:root[data-theme=dark]{${DARK};color-scheme:dark}
*{box-sizing:border-box}[hidden]{display:none!important}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/26px Inter,system-ui,-apple-system,"Segoe UI",Helvetica,Arial,"Noto Sans Arabic",sans-serif}
a{color:inherit}.announce{background:var(--soft);text-align:center;font-size:13px;line-height:36px}
.head{display:flex;align-items:center;gap:28px;padding:0 40px;height:72px;border-bottom:1px solid var(--line);font-size:15px}
.head a{text-decoration:none}.head a:hover{text-decoration:underline}.head .brand{font-size:20px;letter-spacing:.02em;font-weight:600}.grow{flex:1}
main{max-width:1180px;margin:0 auto;padding:40px}
.product{display:grid;grid-template-columns:minmax(0,1.1fr) minmax(0,1fr);gap:56px}
.picture{width:100%;height:auto;aspect-ratio:1;border-radius:16px;background:var(--soft);display:block}
.thumbs{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin-top:12px}.thumbs svg{border-radius:10px}
h1{font-size:34px;line-height:42px;font-weight:600;margin:0 0 8px}h2{font-size:20px;line-height:28px;font-weight:600;margin:0 0 16px}
.price{font-size:20px;margin:0}.quiet{color:var(--quiet);font-size:14px;line-height:22px}.stock{color:var(--ok);font-size:14px}
form.buy{display:grid;grid-template-columns:112px 1fr;gap:12px;margin:24px 0}
label{font-size:14px;color:var(--quiet)}
input,button,.button{font:inherit;border-radius:10px;border:1px solid var(--line);padding:12px 16px;background:transparent;color:inherit;width:100%;min-height:52px}
button,.button{background:var(--button);color:var(--button-ink);border-color:var(--button);font-weight:600;cursor:pointer;text-align:center;text-decoration:none;display:inline-block}
button:hover,.button:hover{opacity:.88}:focus-visible{outline:2px solid currentColor;outline-offset:2px}
details{border-top:1px solid var(--line);padding:14px 0}details:last-of-type{border-bottom:1px solid var(--line)}summary{cursor:pointer;font-weight:600}details p{margin:8px 0 0}
.creators,.also{margin-top:64px}.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:24px}.grid a{text-decoration:none}.grid p{margin:8px 0 0}
.checkout{max-width:520px}.checkout form{display:grid;gap:14px}.line{display:flex;justify-content:space-between;border-bottom:1px solid var(--line);padding:10px 0}.sum{font-weight:600}.warn{color:#b3261e}
footer{border-top:1px solid var(--line);margin-top:64px;padding:32px 40px;color:var(--quiet);font-size:14px}
@media (max-width:860px){.product{grid-template-columns:1fr;gap:24px}main{padding:24px 20px}.head{padding:0 20px;gap:16px}}
`;
