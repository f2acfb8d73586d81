/**
 * The newsroom: how many articles the bot knows, writing one, dropping a file, and word when the bot has taken it in or
 * refused it.
 */
import type { Backstage } from '../protocol.ts';
import type { Context } from './context.ts';
import { actButton, card } from './controls.ts';
import { el } from './dom.ts';
import { act, drop } from './server.ts';

export function newsCard(context: Context): HTMLElement {
  const { store, texts, dialogs } = context;
  const count = el('p', { class: 'muted' });
  const newest = el('p', { class: 'newest', attrs: { dir: 'auto' } });
  const title = el('input', { attrs: { id: 'article-title', maxlength: 300, dir: 'auto' } });
  const text = el('textarea', {
    attrs: { id: 'article-text', rows: 4, dir: 'auto', 'aria-describedby': 'article-hint' },
  });
  const source = el('input', { attrs: { id: 'article-source', maxlength: 100, dir: 'auto' } });
  /** Articles that were handed in here and that the bot has not taken in yet. */
  let awaited = 0;
  let last: Pick<Backstage, 'articles' | 'refused'> = store.hello.backstage;

  const fill = (): void => {
    title.value = texts.sampleTitle;
    text.value = texts.sampleText;
    source.value = texts.articleSourceDefault;
  };
  const draw = (): void => {
    const { articles, newestArticle, refused } = store.hello.backstage;
    count.textContent = texts.newsCount(articles);
    newest.textContent = newestArticle === null ? '' : texts.newest(newestArticle);
    if (awaited > 0 && articles > last.articles && newestArticle !== null) {
      awaited -= 1;
      dialogs.toast(texts.arrived(newestArticle));
    }
    const paths = new Set(last.refused.map(({ path }) => path));
    for (const { path, reason } of refused) {
      if (!paths.has(path)) dialogs.toast(texts.refusedFile(path, reason), 'error');
    }
    last = { articles, refused };
  };
  const handedIn = ({ file }: { file: string }): void => {
    awaited += 1;
    dialogs.toast(texts.onItsWay(file));
  };
  const publish = actButton(
    texts.publish,
    context,
    async () => {
      handedIn(await act('write', { title: title.value, text: text.value, source: source.value }));
      title.value = '';
      text.value = '';
    },
    'primary',
  );
  store.on('backstage', draw);
  store.on('hello', () => {
    last = store.hello.backstage;
    fill();
    draw();
  });
  fill();
  draw();
  return card('paper', texts.news, [
    count,
    newest,
    field(texts.articleTitle, title),
    field(texts.articleText, text),
    el('p', { class: 'muted hint', text: texts.articleTextHint, attrs: { id: 'article-hint' } }),
    field(texts.articleSource, source),
    publish,
    dropZone(context, handedIn),
  ]);
}

function field(label: string, input: HTMLElement): HTMLElement {
  return el('div', { class: 'input' }, [el('label', { text: label, attrs: { for: input.id } }), input]);
}

/** Takes files that are dropped anywhere on the page, too. */
function dropZone(context: Context, onTaken: (taken: { file: string }) => void): HTMLElement {
  const { texts, fail } = context;
  const take = (files: FileList | null | undefined): void => {
    for (const file of files ?? []) drop(file).then(onTaken, fail);
  };
  const input = el('input', {
    class: 'unseen',
    attrs: { type: 'file', accept: '.txt,.md', multiple: true, 'aria-label': texts.chooseFile },
    on: {
      change: () => {
        take(input.files);
        input.value = '';
      },
    },
  });
  const zone = el('label', { class: 'drop-zone' }, [
    input,
    el('span', { text: `${texts.chooseFile} ${texts.dropHere}` }),
  ]);
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.classList.add('over');
  });
  document.addEventListener('dragleave', () => zone.classList.remove('over'));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('over');
    take(event.dataTransfer?.files);
  });
  return zone;
}
