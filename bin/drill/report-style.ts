/** Style of the drill's page, colours for light and dark. */
export const STYLE = `
:root { --page: #f5f4f0; --card: #fff; --ink: #1d2026; --muted: #5a606b; --line: #dedbd3; --good: #157347; --bad: #bf1d38;
  --broken: #bf1d3818; --host-0: #b9501f; --host-1: #2567b8; --host-2: #0b7d78; --host-3: #7446c2; --host-4: #8a6d00; }
@media (prefers-color-scheme: dark) { :root { --page: #131519; --card: #1b1e24; --ink: #e8e9ec; --muted: #a0a7b3; --line: #2f343d;
  --good: #4fc78e; --bad: #ff7a88; --broken: #ff7a8820; --host-0: #e8926a; --host-1: #74a9f0; --host-2: #4bc0ba; --host-3: #b294f4;
  --host-4: #d9bb55; } }
body { margin: 0 auto; max-width: 1080px; padding: 24px; background: var(--page); color: var(--ink);
  font: 14px/1.5 system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
h1 { margin: 0 0 4px; font-size: 22px; }
p { margin: 0 0 16px; color: var(--muted); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin-bottom: 16px; }
.card { padding: 12px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
.card b { display: block; font-size: 22px; }
.card span, .small { color: var(--muted); font-size: 12.5px; }
.timeline, table { width: 100%; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
.timeline { margin-bottom: 16px; font-size: 11.5px; }
.timeline text { fill: var(--muted); }
.timeline line { stroke: var(--line); }
.timeline .broken { fill: var(--broken); }
.timeline text.strong { fill: var(--ink); font-weight: 600; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.timeline .bad { fill: var(--bad); }
.timeline .host-0 { fill: var(--host-0); }
.timeline .host-1 { fill: var(--host-1); }
.timeline .host-2 { fill: var(--host-2); }
.timeline .host-3 { fill: var(--host-3); }
.timeline .host-4 { fill: var(--host-4); }
table { border-spacing: 0; margin-bottom: 16px; }
th, td { padding: 8px 14px; border-bottom: 1px solid var(--line); text-align: left; }
tr:last-child td { border-bottom: 0; }
`;
