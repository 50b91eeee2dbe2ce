/** Style of the comparison's page, colours for light and dark. */
export const STYLE = `
:root { --page: #f5f4f0; --card: #fff; --ink: #1d2026; --muted: #5a606b; --line: #dedbd3; --bad: #bf1d38; --call: #2567b81a; }
@media (prefers-color-scheme: dark) { :root { --page: #131519; --card: #1b1e24; --ink: #e8e9ec; --muted: #a0a7b3; --line: #2f343d;
  --bad: #ff7a88; --call: #74a9f024; } }
body { margin: 0 auto; max-width: 1400px; padding: 24px; background: var(--page); color: var(--ink);
  font: 14px/1.5 system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
h1 { margin: 0 0 4px; font-size: 22px; }
h2 { margin: 24px 0 8px; font-size: 17px; }
h3, h4 { margin: 8px 0 4px; font-size: 14px; }
p { margin: 0 0 12px; }
.small, dt { color: var(--muted); font-size: 12.5px; }
.bad, .broken { color: var(--bad); overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { width: 100%; border: 1px solid var(--line); border-radius: 8px; border-spacing: 0; background: var(--card); margin-bottom: 8px; }
th, td { padding: 6px 12px; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
tr:last-child td { border-bottom: 0; }
.request { margin-bottom: 12px; padding: 10px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
summary { cursor: pointer; }
.badge { display: inline-block; padding: 0 8px; border: 1px solid var(--bad); border-radius: 10px; color: var(--bad); font-size: 12px; }
.turn { margin: 8px 0; padding-left: 12px; border-left: 3px solid var(--line); }
.turn img { display: block; min-width: 32px; max-width: 320px; image-rendering: pixelated; }
.answers { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(260px, 1fr); gap: 12px; }
.answers section { display: flex; flex-direction: column; padding: 4px 12px 8px; border: 1px solid var(--line); border-radius: 8px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 10px; margin: auto 0 0; padding-top: 8px; font-size: 12.5px; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 4px 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 340px; overflow-y: auto; font: 12.5px/1.5 ui-monospace,
  'DejaVu Sans Mono', monospace; }
.prose { font: inherit; }
.call { padding: 6px 8px; border-radius: 6px; background: var(--call); }
`;
