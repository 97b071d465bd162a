/** What pages of results have in common. */

/** Text as HTML shows it. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A whole page with contents at its side. */
export function page(title: string, contents: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
<nav>
${contents}
</nav>
<main>
<h1>${escaped(title)}</h1>
${main}
</main>
</html>
`;
}

const style = `
  :root { color-scheme: light; }
  body { display: grid; grid-template-columns: 19rem minmax(0, 62rem); gap: 2rem; margin: 0;
    font: 15px/1.5 system-ui, sans-serif; color: #1c2430; background: #fff; }
  nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem 1.25rem;
    box-sizing: border-box; background: #f4f6f8; font-size: 13px; }
  nav ul { list-style: none; padding: 0; margin: 0 0 1rem; }
  nav h2 { font-size: 13px; text-transform: capitalize; margin: .5rem 0 .25rem; }
  nav li { margin: .2rem 0; }
  a { color: #0b5cad; text-decoration: none; }
  main { padding: 1rem 1rem 4rem 0; }
  main > h2 { text-transform: capitalize; border-bottom: 1px solid #d5dbe1; margin-top: 3rem; }
  article { margin: 2rem 0 3rem; }
  h3 { margin-bottom: 0; }
  .file { margin: 0 0 .75rem; color: #5b6673; font-size: 13px; }
  img { max-width: 100%; display: block; margin: .5rem 0; }
  pre { overflow-x: auto; font: 12.5px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
  pre.table { background: #f4f6f8; padding: .75rem 1rem; border-radius: 6px; }
  pre.messages { background: #fdf1e7; padding: .75rem 1rem; border-radius: 6px; }
  table { border-collapse: collapse; font-size: 13.5px; margin: .75rem 0; }
  th, td { padding: .25rem .75rem; border-bottom: 1px solid #e3e7eb; text-align: right; }
  th { color: #5b6673; font-weight: 600; }
  th.text, td.text { text-align: left; }
  td:not(.text) { white-space: nowrap; }
  td.yes { color: #0d6b3c; }
  td.no { color: #a33b12; }
  @media (max-width: 60rem) { body { display: block; padding: 0 1rem; } nav { display: none; } }
`;
