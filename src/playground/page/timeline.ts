/**
 * The messages of the open conversation: the newest at first, older ones as one scrolls up. They hang in bunches that the
 * browser need not lay out while they are far away (`content-visibility`), so that thousands scroll like a dozen. Follows
 * what is said until somebody scrolls away, and again once they are back at the end.
 */
import type { ChatView, PostView } from '../protocol.ts';
import { bubble } from './bubble.ts';
import type { Context } from './context.ts';
import { el, iconButton } from './dom.ts';
import { Follower } from './follower.ts';
import { fetchPosts } from './server.ts';
import { keyOf, type Place } from './store.ts';

const FIRST_POSTS = 60;
const OLDER_POSTS = 100;
/** Messages in one bunch. */
const BUNCH = 40;
/** From the same person within this, messages stand closely together. */
const TOGETHER_SECONDS = 300;

interface Entry {
  post: PostView;
  row: HTMLElement;
}

export class Timeline {
  readonly root: HTMLElement;
  readonly #context: Context;
  readonly #scroller: HTMLElement;
  readonly #list: HTMLElement;
  readonly #top: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #follower: Follower;
  #place: Place | null = null;
  #entries: Entry[] = [];
  /** Older messages are being fetched, or there are none. */
  #isBusy = false;
  #isComplete = false;
  /** What happened while a conversation was being opened; null at other times. */
  #late: PostView[] | null = null;
  /** Counts openings, so that what was fetched for an earlier one is dropped. */
  #opening = 0;

  constructor(context: Context) {
    this.#context = context;
    const { texts } = context;
    this.#top = el('div', { class: 'timeline-top' });
    this.#list = el('div', {
      class: 'timeline-list',
      attrs: {
        role: 'log',
        'aria-live': 'polite',
        'aria-relevant': 'additions',
        'aria-label': texts.messages,
      },
    });
    this.#empty = el('p', { class: 'timeline-empty' });
    this.#scroller = el(
      'div',
      { class: 'timeline-scroll', attrs: { tabindex: 0, role: 'region', 'aria-label': texts.messages } },
      [this.#top, this.#empty, this.#list],
    );
    const toEnd = iconButton('down', texts.toNewest, () => this.#follower.toEnd('smooth'), 'to-end');
    this.#follower = new Follower(this.#scroller, this.#list, (isAtEnd) => {
      toEnd.classList.toggle('visible', !isAtEnd);
    });
    this.root = el('div', { class: 'timeline' }, [this.#scroller, toEnd]);
    new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) void this.#fetchOlder();
      },
      { root: this.#scroller, rootMargin: '1200px 0px 0px 0px' },
    ).observe(this.#top);
  }

  async open(place: Place): Promise<void> {
    const opening = ++this.#opening;
    this.#place = place;
    this.#isBusy = true;
    this.#late = [];
    const posts = await fetchPosts(place.chatId, place.threadId, FIRST_POSTS);
    if (opening !== this.#opening) return;
    this.#fill(posts);
    const late = this.#late;
    this.#late = null;
    for (const post of late) this.take(post);
    this.#isComplete = posts.length < FIRST_POSTS;
    this.#isBusy = false;
    this.#follower.toEnd();
  }

  /** The same messages in another light: who one is has changed. */
  redraw(): void {
    this.#fill(this.#entries.map(({ post }) => post));
    this.#follower.keepUp();
  }

  /** A message is there, has changed, or is gone. */
  take(post: PostView): void {
    if (this.#place === null || keyOf(post) !== keyOf(this.#place) || this.#chat === null) return;
    if (this.#late !== null) {
      this.#late.push(post);
      return;
    }
    const at = this.#entries.findLastIndex((entry) => entry.post.id === post.id);
    const known = this.#entries[at];
    if (known !== undefined) {
      if (post.version < known.post.version) return;
      if (post.deleted) this.#remove(at);
      else this.#replace(at, known, post);
    } else if (!post.deleted && post.id > (this.#entries.at(-1)?.post.id ?? 0)) {
      this.#append(post);
    }
    this.#tellEmpty();
    const last = this.#entries.at(-1);
    // Who writes wants to see it, wherever they were reading.
    const isFollowed = this.#follower.follows || (known === undefined && this.#isMine(post));
    if (last?.post.id === post.id && isFollowed) this.#follower.follow(last.row, post.own);
    else this.#follower.keepUp();
  }

  /** Shows a message that is loaded, as a reply's quotation asks for it. */
  show(id: number): void {
    const entry = this.#entries.find(({ post }) => post.id === id);
    if (entry === undefined) return;
    this.#follower.leaveTo(entry.row);
    entry.row.classList.add('shown');
    setTimeout(() => entry.row.classList.remove('shown'), 1_500);
  }

  #isMine({ personId }: PostView): boolean {
    const chat = this.#chat;
    return chat !== null && personId === this.#context.store.persona(chat).personId;
  }

  get #chat(): ChatView | null {
    return this.#place === null ? null : this.#context.store.chat(this.#place.chatId);
  }

  #fill(posts: readonly PostView[]): void {
    // Old messages are no news to a screen reader.
    this.#list.setAttribute('aria-live', 'off');
    this.#list.replaceChildren();
    this.#entries = [];
    for (const post of posts) this.#append(post);
    this.#tellEmpty();
    requestAnimationFrame(() => this.#list.setAttribute('aria-live', 'polite'));
  }

  #row(post: PostView, chat: ChatView): HTMLElement {
    return el('div', { class: 'row' }, [bubble(post, chat, this.#context)]);
  }

  #append(post: PostView): void {
    const chat = this.#chat;
    if (chat === null) return;
    const entry = { post, row: this.#row(post, chat) };
    let bunch = this.#list.lastElementChild;
    if (bunch === null || bunch.childElementCount >= BUNCH) {
      bunch = el('div', { class: 'bunch' });
      this.#list.append(bunch);
    }
    bunch.append(entry.row);
    this.#entries.push(entry);
    this.#arrange(this.#entries.length - 1);
  }

  #replace(at: number, known: Entry, post: PostView): void {
    const chat = this.#chat;
    if (chat === null) return;
    // Whoever pressed a button of this message goes on from the same button of the new one.
    const focused = focusPath(known.row);
    const row = this.#row(post, chat);
    known.row.replaceWith(row);
    this.#entries[at] = { post, row };
    this.#arrange(at);
    restoreFocus(row, focused);
  }

  #remove(at: number): void {
    const [entry] = this.#entries.splice(at, 1);
    entry?.row.remove();
    this.#arrange(at);
  }

  /** The day above a message and the space around it, which depend on the message before. */
  #arrange(at: number): void {
    const entry = this.#entries[at];
    if (entry === undefined) return;
    const { post, row } = entry;
    const before = this.#entries[at - 1]?.post;
    const { formats } = this.#context;
    const isNewDay =
      before === undefined || formats.dayKey(before.date * 1_000) !== formats.dayKey(post.date * 1_000);
    const isTogether =
      !isNewDay &&
      before.service === null &&
      before.own === post.own &&
      before.author === post.author &&
      post.date - before.date < TOGETHER_SECONDS;
    row.querySelector('.day')?.remove();
    if (isNewDay)
      row.prepend(el('div', { class: 'day' }, [el('span', { text: formats.day(post.date * 1_000) })]));
    row.classList.toggle('together', isTogether);
  }

  async #fetchOlder(): Promise<void> {
    const first = this.#entries[0];
    const place = this.#place;
    if (this.#isBusy || this.#isComplete || first === undefined || place === null) return;
    this.#isBusy = true;
    const opening = this.#opening;
    try {
      const posts = await fetchPosts(place.chatId, place.threadId, OLDER_POSTS, first.post.id);
      if (opening !== this.#opening) return;
      this.#isComplete = posts.length < OLDER_POSTS;
      if (posts.length > 0) this.#prepend(posts);
    } catch (error) {
      this.#context.fail(error);
    } finally {
      if (opening === this.#opening) this.#isBusy = false;
    }
  }

  #prepend(posts: readonly PostView[]): void {
    const chat = this.#chat;
    const anchor = this.#entries[0]?.row;
    if (chat === null || anchor === undefined) return;
    const entries = posts.map((post) => ({ post, row: this.#row(post, chat) }));
    const bunches: HTMLElement[] = [];
    for (let at = 0; at < entries.length; at += BUNCH) {
      bunches.push(
        el(
          'div',
          { class: 'bunch' },
          entries.slice(at, at + BUNCH).map(({ row }) => row),
        ),
      );
    }
    this.#list.setAttribute('aria-live', 'off');
    this.#follower.holding(anchor, () => {
      this.#list.prepend(...bunches);
      this.#entries.unshift(...entries);
      for (let at = 0; at <= entries.length; at++) this.#arrange(at);
    });
    requestAnimationFrame(() => this.#list.setAttribute('aria-live', 'polite'));
  }

  #tellEmpty(): void {
    const { texts } = this.#context;
    const isNew = this.#chat?.kind === 'private' && !this.#chat.started;
    this.#empty.textContent = this.#entries.length > 0 ? '' : isNew ? texts.startHint : texts.firstHello;
  }
}

/** Which button of a message has the focus; -1 for none. */
function focusPath(row: HTMLElement): number {
  return [...row.querySelectorAll('button')].findIndex((button) => button === document.activeElement);
}

function restoreFocus(row: HTMLElement, at: number): void {
  if (at < 0) return;
  const buttons = row.querySelectorAll('button');
  (buttons[at] ?? buttons[0])?.focus({ preventScroll: true });
}
