/**
 * The page's beginning: it greets the server, builds the three panes around what it hears, and keeps the address and the
 * panes in step with what is open.
 */
import type { Hello } from '../protocol.ts';
import { chatList } from './chatList.ts';
import { Composer } from './composer.ts';
import type { Context } from './context.ts';
import { controls } from './controls.ts';
import { Dialogs } from './dialogs.ts';
import { el, icon, iconButton } from './dom.ts';
import { follow } from './following.ts';
import { formatsFor } from './format.ts';
import { chatHeader } from './header.ts';
import { listen } from './server.ts';
import { keyOf, Store } from './store.ts';
import { explain, textsFor, type Texts } from './texts.ts';
import { Timeline } from './timeline.ts';

const texts = textsFor(localStorage.getItem('language'), navigator.language);
document.documentElement.lang = texts.language;
document.title = texts.title;

const banner = el('div', { class: 'banner', text: texts.offline, attrs: { role: 'alert', hidden: true } });
document.body.append(banner);
let store: Store | null = null;

listen(
  {
    hello: (hello) => {
      if (store === null) {
        store = new Store(hello);
        build(store, hello);
      } else store.greet(hello);
    },
    chats: (chats) => store?.takeChats(chats),
    post: (post) => store?.takePost(post),
    typing: (place) => store?.tell('typing', place),
    clock: ({ offsetMs }) => {
      if (store === null) return;
      store.hello.clockOffsetMs = offsetMs;
      store.tell('clock', undefined);
    },
    commands: (commands) => {
      if (store !== null) store.hello.commands = commands;
    },
    backstage: (backstage) => {
      if (store === null) return;
      store.hello.backstage = backstage;
      store.tell('backstage', backstage);
    },
  },
  (isUp) => {
    banner.hidden = isUp;
  },
);

function build(known: Store, hello: Hello): void {
  const dialogs = new Dialogs(texts, document.body);
  const context: Context = {
    store: known,
    texts,
    formats: formatsFor(texts.language, hello.zone),
    dialogs,
    follow: (url, from) => void follow(url, from, context),
    say: (text) => composer.say(text),
    suggest: (text) => composer.suggest(text),
    replyTo: (post) => composer.replyTo(post),
    showChat: () => {
      if (isNarrow()) showControls(false);
    },
    fail: (error) => {
      dialogs.toast(explain(texts, error instanceof Error ? error.message : String(error)), 'error');
    },
  };
  const timeline = new Timeline(context);
  const composer = new Composer(context);
  const { body } = document;
  const isPhone = matchMedia('(max-width: 759px)').matches;
  const isNarrow = (): boolean => matchMedia('(max-width: 1179px)').matches;
  const showControls = (isShown: boolean): void => {
    body.dataset.controls = isShown ? 'open' : 'closed';
    controlsButton.setAttribute('aria-expanded', String(isShown));
  };
  const controlsButton = iconButton(
    'sliders',
    texts.openControls,
    () => showControls(body.dataset.controls !== 'open'),
    'open-controls',
  );
  const toList = (): void => {
    history.replaceState(null, '', location.pathname);
    known.openPlace(null);
  };
  const header = chatHeader(context, toList, controlsButton);
  const conversation = el('section', { class: 'conversation' }, [header, timeline.root, composer.root]);
  const nav = el('nav', { class: 'sidebar', attrs: { 'aria-label': texts.chats } }, [
    brand(texts),
    chatList(context),
    el('p', { class: 'muted about', text: texts.about }),
  ]);
  const panel = controls(context, () => {
    showControls(false);
    controlsButton.focus();
  });
  body.querySelector('.loading')?.remove();
  body.append(el('main', {}, [nav, conversation]), panel);
  showControls(!isNarrow());

  timeline.root.addEventListener('click', (event) => {
    const quoted = (event.target as Element).closest<HTMLElement>('[data-reply]');
    if (quoted !== null) timeline.show(Number(quoted.dataset.reply));
  });
  known.on('post', (post) => timeline.take(post));
  known.on('persona', () => timeline.redraw());
  const open = (): void => {
    const { place } = known;
    const wasList = body.dataset.view === 'list';
    body.dataset.view = place === null ? 'list' : 'chat';
    if (place === null) return;
    const address = `#${keyOf(place)}`;
    // On a telephone the way back leads to the list.
    if (wasList && isPhone && location.hash !== address) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    composer.open(place);
    timeline.open(place).catch(context.fail);
  };
  known.on('place', open);
  known.on('hello', () => {
    if (known.place !== null && known.open === null) known.openPlace(firstPlace(known));
    else open();
  });
  addEventListener('popstate', () => known.openPlace(known.placeOf(location.hash)));
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && body.dataset.controls === 'open' && isNarrow()) {
      showControls(false);
    }
  });
  known.openPlace(known.placeOf(location.hash) ?? (isPhone ? null : firstPlace(known)));
  performance.mark('ready');
}

/** The private chat whose language is the page's. */
function firstPlace({ hello }: Store): { chatId: number; threadId: number } | null {
  const person = hello.people.find(({ language }) => language === texts.language);
  const chat = hello.chats.find(({ personId }) => personId === person?.id) ?? hello.chats[0];
  return chat === undefined ? null : { chatId: chat.id, threadId: 0 };
}

function brand({ tag, otherLanguage, theme, language }: Texts): HTMLElement {
  return el('div', { class: 'brand' }, [
    el('img', { attrs: { src: 'icon.svg', alt: '', width: 36, height: 36 } }),
    el('div', { class: 'brand-name' }, [el('h1', { text: 'Điểm Tin' }), el('span', { text: tag })]),
    el('button', {
      class: 'language',
      text: language === 'vi' ? 'EN' : 'VI',
      attrs: {
        type: 'button',
        'aria-label': `${language === 'vi' ? 'EN' : 'VI'}, ${otherLanguage}`,
        title: otherLanguage,
        lang: language === 'vi' ? 'en' : 'vi',
      },
      on: {
        click: () => {
          localStorage.setItem('language', language === 'vi' ? 'en' : 'vi');
          location.reload();
        },
      },
    }),
    el(
      'button',
      {
        class: 'icon-button',
        attrs: { type: 'button', 'aria-label': theme, title: theme },
        on: { click: changeTheme },
      },
      [icon('sun')],
    ),
  ]);
}

function changeTheme(): void {
  const { dataset } = document.documentElement;
  const isDark =
    dataset.theme === undefined
      ? matchMedia('(prefers-color-scheme: dark)').matches
      : dataset.theme === 'dark';
  dataset.theme = isDark ? 'light' : 'dark';
  localStorage.setItem('theme', dataset.theme);
}
