/** The page of a gallery: a list of contents, then for each deck its header, figures and table. */
import type { GalleryEntry } from './gallery-entry.js';

export function galleryPage(entries: readonly GalleryEntry[]): string {
  const topics = [...new Set(entries.map(({ topic }) => topic))];
  const contents = topics.map((topic) => contentsOf(topic, of(topic, entries))).join('\n');
  const sections = topics.map((topic) => sectionOf(topic, of(topic, entries))).join('\n');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gallery</title>
<style>${style}</style>
<nav>
${contents}
</nav>
<main>
<h1>Gallery</h1>
<p>${entries.length} circuits. Each figure and each number was computed by the deck that is named.</p>
${sections}
</main>
</html>
`;
}

function of(topic: string, entries: readonly GalleryEntry[]): GalleryEntry[] {
  return entries.filter((entry) => entry.topic === topic);
}

function contentsOf(topic: string, entries: readonly GalleryEntry[]): string {
  const links = entries.map(
    (entry) => `<li><a href="#${anchorOf(entry)}">${escaped(entry.title)}</a></li>`,
  );
  return `<h2>${escaped(nameOf(topic))}</h2>\n<ul>\n${links.join('\n')}\n</ul>`;
}

function sectionOf(topic: string, entries: readonly GalleryEntry[]): string {
  return `<h2>${escaped(nameOf(topic))}</h2>\n${entries.map(articleOf).join('\n')}`;
}

function articleOf(entry: GalleryEntry): string {
  const { title, path, header, pictures, output, messages, seconds } = entry;
  const figures = pictures.map(
    (picture) => `<img loading="lazy" src="${escaped(picture)}" alt="${escaped(title)}">`,
  );
  return `<article id="${anchorOf(entry)}">
<h3>${escaped(title)}</h3>
<p class="file">${escaped(path)} · ${seconds.toFixed(1)} s</p>
${messages ? `<pre class="messages">${escaped(messages)}</pre>` : ''}
${figures.join('\n')}
<pre class="table">${escaped(output)}</pre>
<details><summary>What it shows</summary><pre>${escaped(header)}</pre></details>
</article>`;
}

function nameOf(topic: string): string {
  return topic === '' ? 'circuits' : topic;
}

function anchorOf({ path }: GalleryEntry): string {
  return path.replaceAll(/[^A-Za-z0-9]+/g, '-');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
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
  @media (max-width: 60rem) { body { display: block; padding: 0 1rem; } nav { display: none; } }
`;
