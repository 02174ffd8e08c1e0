/** Style sheet and icon of the pages. */
import { THEMES, type Theme } from '../charts/theme.ts';

export const favicon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">' +
  '<rect width="32" height="32" rx="7" fill="#0b5c74"/>' +
  '<path d="M7 22.5l6-7 4.5 4L25 10" fill="none" stroke="#fff" stroke-width="3.2" ' +
  'stroke-linecap="round" stroke-linejoin="round"/></svg>';

/** The colours of bars in tables are those of charts. */
const colors = ({ signal, signalpale, mid, midpale, ink }: Theme): string =>
  `--signal: ${signal}; --signalpale: ${signalpale}; --mid: ${mid}; --midpale: ${midpale}; --mark: ${ink};`;

export const styleSheet = `
:root {
  color-scheme: light dark;
  --ink: #16202a; --soft: #5b6874; --line: #dfe4e8; --paper: #ffffff; --ground: #f4f6f7; --accent: #0b5c74;
  --accent-ink: #ffffff;
  ${colors(THEMES.light)}
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8edf1; --soft: #9aa8b4; --line: #2d3238; --paper: #1a1d21; --ground: #101215;
    --accent: #57b8d4; --accent-ink: #101215;
    ${colors(THEMES.dark)}
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding-block: 1.1rem; }
header nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
header nav a { color: var(--soft); text-decoration: none; }
header nav a:hover { color: var(--accent); text-decoration: underline; }
.banner {
  max-width: 57.5rem; margin: 0 auto 1rem; padding: .6rem 1.1rem; background: var(--paper);
  border: 1px solid var(--line); border-left: .3rem solid var(--accent); border-radius: .5rem;
}
.banner p { margin: 0; }
.brand {
  font-weight: 700; font-size: 1.125rem; letter-spacing: -.01em; color: var(--ink); text-decoration: none;
}
form {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(6.4rem, 1fr)); gap: .75rem;
  align-items: end; margin-bottom: 1rem;
}
label span {
  display: block; font-size: .75rem; color: var(--soft); margin-bottom: .2rem; text-transform: capitalize;
}
input, select, button {
  width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line);
  border-radius: .5rem; padding: .45rem .65rem; min-height: 2.5rem; min-width: 0; text-overflow: ellipsis;
}
input::placeholder { color: var(--soft); opacity: .8; }
button, .button {
  background: var(--accent); color: var(--accent-ink); border-color: transparent; font-weight: 600;
  cursor: pointer;
}
article {
  background: var(--paper); border: 1px solid var(--line); border-radius: .9rem;
  padding: clamp(1.1rem, 3vw, 2rem);
}
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.015em; overflow-wrap: anywhere; }
.headline {
  margin: .35rem 0 1.25rem; font-size: 1.0625rem; color: var(--soft); max-width: 46rem;
  overflow-wrap: anywhere;
}
.chart {
  display: block; width: 100%; max-width: 50rem; height: auto; margin: 0 auto 1.25rem;
  border-radius: .4rem;
}
.live { position: relative; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th {
  font-size: .75rem; font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line);
  vertical-align: bottom;
}
th, td { padding: .5rem .75rem; text-align: start; }
td { border-bottom: 1px solid var(--line); }
tbody tr:last-child td { border-bottom: 0; }
td.words { overflow-wrap: anywhere; min-width: 9rem; }
.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
td:first-child, th:first-child { padding-inline-start: 0; }
td:last-child, th:last-child { padding-inline-end: 0; }
.bars { width: 14rem; min-width: 12.5rem; }
.bar, .ticks { display: block; width: 100%; }
.bar { height: 1.125rem; overflow: visible; }
.bar .pale { fill: var(--midpale); }
.bar .solid { fill: var(--mid); }
.bar.called .pale { fill: var(--signalpale); }
.bar.called .solid { fill: var(--signal); }
.bar path { fill: none; stroke: var(--mark); vector-effect: non-scaling-stroke; }
.bar .mark { stroke-width: 2.5px; }
.bar .origin { stroke-width: 1px; stroke-dasharray: 2 2; }
.ticks { overflow: visible; margin-top: .15rem; }
.ticks text { font-size: 12px; font-weight: 400; fill: var(--soft); }
.key { margin: .75rem 0 0; font-size: .8125rem; color: var(--soft); }
@media (max-width: 35rem) {
  .bars { min-width: 7rem; }
  .ticks { display: none; }
}
.notes { margin: 1.25rem 0 0; padding: 0; list-style: none; font-size: .8125rem; color: var(--soft); }
.notes li + li { margin-top: .35rem; }
.empty {
  padding: 2.5rem 1rem; text-align: center; color: var(--soft); border: 1px dashed var(--line);
  border-radius: .6rem;
}
.follow-ups { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1.25rem 0 0; }
.button {
  display: inline-block; padding: .35rem .8rem; border-radius: 99rem; text-decoration: none;
  font-size: .875rem;
}
.follow-ups .button {
  background: transparent; color: var(--accent); border: 1px solid currentColor; font-weight: 500;
}
.formats { margin: 1rem 0 0; font-size: .8125rem; display: flex; gap: .75rem; }
footer { padding-block: 1.5rem 2.5rem; color: var(--soft); font-size: .8125rem; }
`;
