/** The page of a gallery: a list of contents, then for each deck its header, figures and table. */
import { escaped, page } from '../pages/html.js';
import type { GalleryEntry } from './gallery-entry.js';

export function galleryPage(entries: readonly GalleryEntry[]): string {
  const topics = [...new Set(entries.map(({ topic }) => topic))];
  const contents = topics.map((topic) => contentsOf(topic, of(topic, entries))).join('\n');
  const sections = topics.map((topic) => sectionOf(topic, of(topic, entries))).join('\n');
  const count = `<p>${entries.length} circuits. Each figure and each number was computed by the deck that is named.</p>`;
  return page('Gallery', contents, `${count}\n${sections}`);
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
  return topic === '' ? 'circuits' : topic.replaceAll('-', ' ').replace('oxram', 'OxRAM');
}

function anchorOf({ path }: GalleryEntry): string {
  return path.replaceAll(/[^A-Za-z0-9]+/g, '-');
}
