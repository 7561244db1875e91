/** Style of the pages that Axial writes: the colours of the window, light or dark as the reader has it. */
export const PAGE_STYLE = `
:root{color-scheme:dark light;--bg:#17191d;--panel:#1e2126;--line:#333841;--text:#e6e8eb;--dim:#9aa2ad;--computed:#58b7c4;--input:#f0b550;--truth:#7cc47f}
@media (prefers-color-scheme:light){:root{--bg:#fff;--panel:#f4f5f7;--line:#d5d9df;--text:#1b1e23;--dim:#59616c;--computed:#1b7f8e;--input:#9a6400;--truth:#2f7d33}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:14px/1.5 system-ui,"DejaVu Sans",sans-serif}
main{max-width:960px;margin:0 auto;padding:32px 24px}h1{font-size:22px;margin:0 0 8px}h2{font-size:16px;margin:32px 0 8px}h3{font-size:13px;font-weight:400;color:var(--dim);margin:16px 0 4px}
.lead{font-size:16px;margin:0}.legend{color:var(--dim);font-size:12px;margin:0 0 12px}.key{margin-right:20px}.key::before{content:"";display:inline-block;width:22px;height:0;border-top:2px solid;margin-right:6px;vertical-align:middle}
.key.network::before{border-color:var(--computed)}.key.linear::before{border-color:var(--dim);border-top-style:dashed}.key.cubic::before{border-color:var(--dim);border-top-style:dotted}.key.dot::before{width:8px;height:8px;border:0;border-radius:50%;background:var(--input)}
svg{width:100%;height:auto}svg .grid{stroke:var(--line)}svg polyline{fill:none;stroke-width:1.5;stroke:var(--dim)}svg polyline.network{stroke:var(--computed);stroke-width:2}svg polyline.linear{stroke-dasharray:6 4}svg polyline.cubic{stroke-dasharray:2 3}svg .given{fill:var(--input)}svg .tick{fill:var(--dim);font-size:11px}.middle{text-anchor:middle}.end{text-anchor:end}
.row{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:8px}figure{margin:0}figure img{width:100%;display:block;background:#000;border-radius:5px;image-rendering:auto}figcaption{font-size:12px;color:var(--dim);padding-top:4px;display:flex;justify-content:space-between}figcaption span{color:var(--text)}
table{border-collapse:collapse;width:100%;font-size:13px}th,td{padding:6px 8px;text-align:right;border-bottom:1px solid var(--line)}th:first-child{text-align:left}thead th{color:var(--dim);font-weight:400}td{font-family:ui-monospace,"DejaVu Sans Mono",monospace}
.small{color:var(--dim);font-size:12px}pre{background:var(--panel);border:1px solid var(--line);border-radius:5px;padding:12px;overflow:auto;font-size:12px}footer{color:var(--dim);font-size:12px;margin-top:32px}
`;
