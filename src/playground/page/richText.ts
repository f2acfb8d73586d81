/**
 * A message's text with its entities as elements, as Telegram's clients show them. Only what leads out of the page has an
 * address; what leads somewhere inside it acts.
 */
import type { ChatView, PostView } from '../protocol.ts';
import type { Entity } from '../wire.ts';
import type { Context } from './context.ts';
import { el, type Child } from './dom.ts';
import { destinationOf } from './links.ts';
import { segmentsOf, textOf, type Segment } from './segments.ts';

/** A longer expandable quotation is folded; Telegram shows three lines. */
const FOLDED_UNITS = 160;

export function richText(
  post: Pick<PostView, 'text' | 'entities'>,
  chat: ChatView,
  context: Context,
): Child[] {
  const segments = segmentsOf(post.text, post.entities);
  return segments.map((segment, i) => show(afterBlock(segment, segments[i - 1]), chat, context));
}

/** A quotation and a listing are paragraphs: the line break behind them ends them, and is not another empty line. */
function afterBlock(segment: Segment, before: Segment | undefined): Segment {
  if (typeof segment !== 'string' || before === undefined || typeof before === 'string') return segment;
  return /blockquote|^pre$/u.test(before.entity.type) ? segment.replace(/^\n/u, '') : segment;
}

function show(segment: Segment, chat: ChatView, context: Context): Child {
  if (typeof segment === 'string') return segment;
  const { entity } = segment;
  const children = segment.children.map((child) => show(child, chat, context));
  switch (entity.type) {
    case 'bold':
      return el('strong', {}, children);
    case 'italic':
      return el('em', {}, children);
    case 'underline':
      return el('u', {}, children);
    case 'strikethrough':
      return el('s', {}, children);
    case 'code':
      return el('code', {}, children);
    case 'pre':
      return el('pre', { attrs: { 'data-language': entity.language ?? null, tabindex: 0 } }, [
        el('code', {}, children),
      ]);
    case 'blockquote':
      return el('blockquote', {}, children);
    case 'expandable_blockquote':
      return foldable(children, textOf(segment), context);
    case 'spoiler':
      return spoiler(children, context);
    case 'text_link':
    case 'url':
    case 'email':
    case 'mention':
    case 'bot_command':
      return link(entity, textOf(segment), children, chat, context);
    case 'date_time':
      return el('time', {}, children);
    default:
      return el('span', { class: `entity ${entity.type}` }, children);
  }
}

function foldable(children: Child[], text: string, { texts }: Context): HTMLElement {
  const quote = el('blockquote', {}, children);
  const isLong = text.length > FOLDED_UNITS || text.split('\n').length > 3;
  if (!isLong) return quote;
  quote.classList.add('folded');
  const more = el('button', {
    class: 'more',
    text: texts.showMore,
    attrs: { type: 'button', 'aria-expanded': 'false' },
    on: {
      click: () => {
        const isFolded = quote.classList.toggle('folded');
        more.textContent = isFolded ? texts.showMore : texts.showLess;
        more.setAttribute('aria-expanded', String(!isFolded));
      },
    },
  });
  return el('div', { class: 'foldable' }, [quote, more]);
}

function spoiler(children: Child[], { texts }: Context): HTMLElement {
  const hidden = el('span', { class: 'spoiler-text', attrs: { 'aria-hidden': 'true' } }, children);
  const cover = el('button', {
    class: 'spoiler',
    attrs: { type: 'button', 'aria-label': texts.spoiler },
    on: { click: () => cover.replaceWith(...hidden.childNodes) },
  });
  cover.append(hidden);
  return cover;
}

function link(
  entity: Entity,
  text: string,
  children: Child[],
  chat: ChatView,
  context: Context,
): HTMLElement {
  // No real button: it would not break at the end of a line as text does.
  const inPage = (act: () => void): HTMLElement =>
    el(
      'a',
      {
        class: 'link',
        attrs: { role: 'link', tabindex: 0 },
        on: {
          click: act,
          keydown: (event) => {
            if (event.key === 'Enter') act();
          },
        },
      },
      children,
    );
  if (entity.type === 'bot_command') return inPage(() => context.say(text));
  const url = entity.type === 'mention' ? `https://t.me/${text.slice(1)}` : (entity.url ?? text);
  if (entity.type === 'email') return el('span', { class: 'entity' }, children);
  const destination = destinationOf(url, context.store.hello.bot.username);
  switch (destination.kind) {
    case 'out':
      return el(
        'a',
        {
          attrs: {
            href: destination.url,
            target: '_blank',
            rel: 'noopener noreferrer',
            title: destination.url,
          },
        },
        children,
      );
    case 'nowhere':
      return el('span', { class: 'entity', attrs: { title: url } }, children);
    default:
      return inPage(() => context.follow(url, chat));
  }
}
