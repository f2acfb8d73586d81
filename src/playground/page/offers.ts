/**
 * What comes up above the field while one types: the bot's commands after a slash, and the cards of inline mode after the
 * bot's name. The arrow keys choose, Enter takes, Escape closes.
 */
import type { InlineCards } from '../protocol.ts';
import type { Context } from './context.ts';
import { el, replaceChildren, setAttributes, type Child } from './dom.ts';
import { commandsFor } from './menu.ts';
import { act } from './server.ts';

/** So near to the end of the cards the next ones are asked for, in pixels. */
const NEAR_END = 120;
/** The bot is asked when the person pauses, as Telegram's clients do. */
const PAUSE_MS = 250;

interface Offer {
  children: Child[];
  take: () => void;
}

export class Offers {
  readonly root: HTMLElement;
  readonly #context: Context;
  readonly #field: HTMLTextAreaElement;
  readonly #onTaken: () => void;
  #offers: Offer[] = [];
  #chosen = 0;
  /** The bot's commands are shown although nothing was typed. */
  #isMenu = false;
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** The question that is shown or asked; empty for none. */
  #query: string | null = null;
  /** Fetches the cards behind those that are shown; null when there are no more, or while they come. */
  #more: (() => Promise<void>) | null = null;

  /** @param onTaken the field has done its work */
  constructor(context: Context, field: HTMLTextAreaElement, onTaken: () => void) {
    this.#context = context;
    this.#field = field;
    this.#onTaken = onTaken;
    this.root = el('div', {
      class: 'offers',
      attrs: { id: 'offers', role: 'listbox', 'aria-label': context.texts.menu, hidden: true },
    });
    this.root.addEventListener('scroll', () => {
      if (this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < NEAR_END)
        void this.#more?.();
    });
    field.addEventListener('blur', () => setTimeout(() => this.#closeUnlessUsed(), 150));
  }

  toggleCommands(): void {
    this.#isMenu = !this.#isMenu;
    this.update();
    this.#field.focus();
  }

  update(): void {
    const text = this.#field.value;
    const inline = new RegExp(`^@${this.#context.store.hello.bot.username}(?:\\s+(.*))?$`, 'isu').exec(text);
    if (inline?.[1] !== undefined) this.#ask(inline[1]);
    else {
      this.#query = null;
      clearTimeout(this.#pause);
      const typed = /^\/(\w*)$/u.exec(text)?.[1];
      const isMenu = this.#isMenu && text === '';
      this.#show(typed === undefined && !isMenu ? [] : this.#commands(typed ?? ''), this.#context.texts.menu);
    }
    if (text !== '') this.#isMenu = false;
  }

  /** Whether the key was meant for the offers. */
  pressed(event: KeyboardEvent): boolean {
    if (this.root.hidden || event.isComposing) return false;
    switch (event.key) {
      case 'ArrowDown':
        this.#choose(this.#chosen + 1, true);
        if (this.#chosen >= this.#offers.length - 1) void this.#more?.();
        break;
      case 'ArrowUp':
        this.#choose(this.#chosen - 1, true);
        break;
      case 'Escape':
        this.#close();
        break;
      case 'Enter':
      case 'Tab': {
        const offer = this.#offers[this.#chosen];
        if (offer === undefined || event.shiftKey) return false;
        offer.take();
        break;
      }
      default:
        return false;
    }
    event.preventDefault();
    return true;
  }

  #commands(typed: string): Offer[] {
    const { store } = this.#context;
    const chat = store.open;
    if (chat === null || chat.kind === 'channel') return [];
    const { personId } = store.persona(chat);
    const isAdmin = chat.members.some((member) => member.personId === personId && member.role !== 'member');
    const language = store.person(personId)?.language ?? '';
    return commandsFor(store.hello.commands, chat, { personId, language, isAdmin })
      .filter(({ command }) => command.startsWith(typed.toLowerCase()))
      .map(({ command, description }) => ({
        children: [
          el('span', { class: 'offer-command', text: `/${command}` }),
          el('span', { class: 'offer-about', text: description }),
        ],
        take: () => {
          this.#close();
          this.#context.say(`/${command}`);
          this.#onTaken();
        },
      }));
  }

  #ask(query: string): void {
    if (query === this.#query) return;
    this.#query = query;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#fetch(query), PAUSE_MS);
  }

  async #fetch(query: string): Promise<void> {
    const { texts } = this.#context;
    this.#note(texts.asking);
    const answer = await this.#askBot(query, '');
    if (query !== this.#query || answer === undefined) return;
    if (answer === null) this.#note(texts.noAnswer);
    else {
      const offers = [...this.#wayToTheBot(answer), ...this.#cards(answer)];
      if (offers.length === 0) this.#note(texts.noResults);
      else this.#show(offers, texts.inlineResults, offers.length - answer.cards.length);
      this.#goOn(query, answer);
    }
  }

  /** Remembers how to get the cards behind these. */
  #goOn(query: string, { nextOffset }: InlineCards): void {
    if (nextOffset === '') return;
    this.#more = async () => {
      this.#more = null;
      const answer = await this.#askBot(query, nextOffset);
      if (query !== this.#query || answer == null) return;
      this.#append(this.#cards(answer));
      this.#goOn(query, answer);
    };
  }

  /** Null when the bot did not answer, undefined when it could not be asked. */
  async #askBot(query: string, offset: string): Promise<InlineCards | null | undefined> {
    const { store, fail } = this.#context;
    if (store.place === null) return undefined;
    try {
      return await act('ask', { ...store.voice(store.place), query, offset });
    } catch (error) {
      if (query === this.#query) this.#close();
      fail(error);
      return undefined;
    }
  }

  #wayToTheBot({ button }: InlineCards): Offer[] {
    if (button === null) return [];
    const { hello } = this.#context.store;
    const take = (): void => {
      const chat = this.#context.store.open;
      if (chat === null) return;
      this.#close();
      this.#onTaken();
      this.#context.follow(`https://t.me/${hello.bot.username}?start=${button.startParameter}`, chat);
    };
    return [{ children: [el('span', { class: 'offer-way', text: button.text })], take }];
  }

  #cards({ askId, cards }: InlineCards): Offer[] {
    return cards.map(({ id: cardId, title, description }) => ({
      children: [
        el('span', {
          class: 'card-sign',
          text: title.slice(0, 1).toUpperCase(),
          attrs: { 'aria-hidden': 'true' },
        }),
        el('span', { class: 'card-text' }, [
          el('span', { class: 'card-title', text: title }),
          el('span', { class: 'card-about', text: description }),
        ]),
      ],
      take: () => {
        const { store, fail } = this.#context;
        if (store.place === null) return;
        act('choose', { ...store.voice(store.place), askId, cardId }).catch(fail);
        this.#close();
        this.#onTaken();
      },
    }));
  }

  /** @param first the one that Enter takes; the last one when there are not so many */
  #show(offers: Offer[], label: string, first = 0): void {
    this.#more = null;
    this.#offers = [];
    this.root.setAttribute('aria-label', label);
    this.root.replaceChildren();
    this.#append(offers);
    this.root.hidden = offers.length === 0;
    this.#choose(first);
    this.root.scrollTop = 0;
  }

  #append(offers: readonly Offer[]): void {
    const first = this.#offers.length;
    this.#offers.push(...offers);
    this.root.append(
      ...offers.map(({ children, take }, more) => {
        const at = first + more;
        const on = {
          // The field keeps the focus.
          mousedown: (event: MouseEvent) => event.preventDefault(),
          mousemove: () => this.#choose(at),
          click: take,
        };
        const attrs = { id: `offer-${at}`, role: 'option', 'aria-selected': 'false' };
        return el('div', { class: 'offer', attrs, on }, children);
      }),
    );
  }

  #note(text: string): void {
    this.#more = null;
    this.#offers = [];
    this.root.hidden = false;
    replaceChildren(this.root, [
      el('div', { class: 'offer-note', text, attrs: { role: 'option', 'aria-disabled': 'true' } }),
    ]);
    setAttributes(this.#field, { 'aria-activedescendant': null });
  }

  #choose(at: number, isSeen = false): void {
    const options = [...this.root.querySelectorAll<HTMLElement>('.offer')];
    this.#chosen = Math.min(Math.max(0, at), Math.max(0, options.length - 1));
    options.forEach((option, index) => option.setAttribute('aria-selected', String(index === this.#chosen)));
    if (isSeen) options[this.#chosen]?.scrollIntoView({ block: 'nearest' });
    setAttributes(this.#field, {
      'aria-activedescendant': options.length === 0 ? null : `offer-${this.#chosen}`,
    });
  }

  #close(): void {
    this.#isMenu = false;
    this.#query = null;
    clearTimeout(this.#pause);
    this.#show([], this.#context.texts.menu);
  }

  #closeUnlessUsed(): void {
    if (document.activeElement === this.#field || this.root.contains(document.activeElement)) return;
    if (this.#isMenu || this.#field.value === '') this.#close();
  }
}
