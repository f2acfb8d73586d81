/**
 * Below the messages: writing, answering one of them, the bot's commands, inline mode, and the button that stands there
 * instead when one cannot write yet or any more. Keeps what was typed in each conversation until it is sent.
 */
import type { ChatView, PostView, Voice } from '../protocol.ts';
import { barrierFor } from './barrier.ts';
import type { Context } from './context.ts';
import { el, icon, iconButton, replaceChildren } from './dom.ts';
import { suggestionChips } from './chips.ts';
import { Offers } from './offers.ts';
import { PLACES } from './places.ts';
import { act } from './server.ts';
import { keyOf, type Place } from './store.ts';

export class Composer {
  readonly root: HTMLElement;
  readonly #context: Context;
  readonly #field: HTMLTextAreaElement;
  readonly #offers: Offers;
  readonly #chips = el('div', { class: 'chips-host' });
  readonly #answering = el('div', { class: 'answering' });
  readonly #bar: HTMLElement;
  readonly #barrier = el('div', { class: 'barrier' });
  readonly #pin: HTMLButtonElement;
  readonly #send: HTMLButtonElement;
  #place: Place | null = null;
  #replyTo: PostView | null = null;
  /** What stands instead of the field, so that it is not made anew (and loses the focus) when nothing changed. */
  #barrierKey = '';
  #chipsKey = '';

  constructor(context: Context) {
    this.#context = context;
    const { store, texts } = context;
    this.#field = el('textarea', {
      class: 'field',
      attrs: {
        rows: 1,
        'aria-label': texts.write,
        placeholder: texts.write,
        'aria-autocomplete': 'list',
        'aria-controls': 'offers',
        enterkeyhint: 'send',
        dir: 'auto',
      },
      on: { input: () => this.#typed(), keydown: (event) => this.#pressed(event) },
    });
    this.#offers = new Offers(context, this.#field, () => this.#clear());
    this.#send = iconButton('send', texts.send, () => this.#submit(), 'send');
    this.#pin = iconButton('pin', texts.sharePlace, () => void this.#sharePlace());
    this.#bar = el('div', { class: 'bar' }, [
      iconButton('menu', texts.menu, () => this.#offers.toggleCommands(), 'menu'),
      this.#field,
      this.#pin,
      this.#send,
    ]);
    this.root = el('footer', { class: 'composer' }, [
      this.#offers.root,
      this.#chips,
      this.#answering,
      this.#barrier,
      this.#bar,
    ]);
    for (const change of ['hello', 'chats', 'start'] as const) store.on(change, () => this.#draw());
    store.on('persona', () => this.#changePersona());
    store.on('post', (post) => this.take(post));
  }

  open(place: Place): void {
    if (this.#place !== null) this.#context.store.drafts.set(keyOf(this.#place), this.#field.value);
    this.#place = place;
    this.#replyTo = this.#question();
    this.#barrierKey = '';
    this.#set(this.#context.store.drafts.get(keyOf(place)) ?? '');
    this.#draw();
  }

  /** Puts a text into the field for the person to go on with. */
  suggest(text: string): void {
    this.#set(text);
    this.#field.focus();
    this.#offers.update();
  }

  replyTo(post: PostView | null): void {
    this.#replyTo = post;
    this.#draw();
    if (post !== null) this.#field.focus();
  }

  /** A message came, was changed or is gone: it may be one that opens the field for a reply, or that was to be answered. */
  take(post: PostView): void {
    if (this.#place === null || keyOf(post) !== keyOf(this.#place)) return;
    if (post.deleted && post.id === this.#replyTo?.id) this.replyTo(null);
    if (!post.deleted && post.version === 0 && this.#asks(post)) this.replyTo(post);
  }

  /** Somebody else speaks now: what was asked of one person is not asked of another. */
  #changePersona(): void {
    this.#replyTo = this.#question();
    this.#draw();
  }

  /** The newest message of the open conversation, if it waits for a reply. */
  #question(): PostView | null {
    const { open } = this.#context.store;
    const key = this.#place === null ? '' : keyOf(this.#place);
    const newest = open?.newest.find((post) => keyOf(post) === key) ?? null;
    return newest !== null && this.#asks(newest) ? newest : null;
  }

  #asks({ asks }: PostView): boolean {
    const { store } = this.#context;
    if (asks === null || store.open === null) return false;
    const { personId, anonymous } = store.persona(store.open);
    return asks.personIds === null || (!anonymous && asks.personIds.includes(personId));
  }

  say(text: string): void {
    if (this.#place === null || text.trim() === '') return;
    act('send', { ...this.#address(this.#place), text }).catch((error: unknown) => {
      this.#context.fail(error);
      // What could not be sent is not lost, unless something else was typed meanwhile.
      if (this.#field.value === '') this.#set(text);
    });
  }

  async #sharePlace(): Promise<void> {
    const { texts, dialogs, fail } = this.#context;
    const place = await dialogs.choose(texts.whichPlace, PLACES, ({ name }) => texts.places[name]);
    if (this.#place === null || place === null) return;
    const { latitude, longitude } = place;
    await act('locate', { ...this.#address(this.#place), latitude, longitude }).catch(fail);
  }

  /** Who writes where, and in reply to what: only the next message is a reply. */
  #address(place: Place): Voice & { replyTo: number | null } {
    const replyTo = this.#replyTo?.id ?? null;
    this.replyTo(null);
    return { ...this.#context.store.voice(place), replyTo };
  }

  #submit(): void {
    if (this.#field.value.trim() === '') return;
    this.say(this.#field.value);
    this.#clear();
    this.#field.focus();
  }

  #clear(): void {
    this.#set('');
    this.#replyTo = null;
    this.#draw();
  }

  #set(text: string): void {
    this.#field.value = text;
    this.#typed();
  }

  #typed(): void {
    this.#fit();
    this.#send.classList.toggle('ready', this.#field.value.trim() !== '');
    this.#chips.classList.toggle('hidden', this.#field.value !== '');
    this.#offers.update();
  }

  /** As high as what is in it; what is not shown has no height to take. */
  #fit(): void {
    this.#field.style.height = 'auto';
    if (!this.#bar.hidden) this.#field.style.height = `${this.#field.scrollHeight}px`;
  }

  #pressed(event: KeyboardEvent): void {
    if (this.#offers.pressed(event)) return;
    // Enter that ends a composed character (as in Vietnamese input) sends nothing.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === 'Escape' && this.#replyTo !== null) this.replyTo(null);
  }

  #draw(): void {
    const { store, texts } = this.#context;
    const chat = store.open;
    if (chat === null || this.#place === null) return;
    const label = chat.kind === 'channel' ? texts.writePost : texts.write;
    this.#field.placeholder = this.#replyTo?.asks?.placeholder || label;
    this.#field.setAttribute('aria-label', label);
    this.#drawBarrier(chat);
    const isFree = this.#barrierKey === '';
    this.#bar.hidden = !isFree;
    this.#fit();
    this.#pin.hidden = chat.kind === 'channel';
    this.#chips.hidden = !isFree;
    this.#drawChips(chat);
    this.#drawAnswering();
  }

  /** Made anew for another chat or person only: one of them may be about to be pressed. */
  #drawChips(chat: ChatView): void {
    const key = `${chat.id} ${this.#context.store.persona(chat).personId}`;
    if (key === this.#chipsKey) return;
    this.#chipsKey = key;
    replaceChildren(this.#chips, [suggestionChips(chat, this.#context)]);
  }

  #drawBarrier(chat: ChatView): void {
    const barrier = barrierFor(chat, this.#place?.threadId ?? 0, this.#context);
    const key = barrier?.key ?? '';
    if (key === this.#barrierKey) return;
    this.#barrierKey = key;
    replaceChildren(this.#barrier, barrier === null ? [] : [barrier.show()]);
    this.#barrier.querySelector('button')?.focus();
  }

  #drawAnswering(): void {
    const { texts } = this.#context;
    const post = this.#replyTo;
    replaceChildren(
      this.#answering,
      post === null
        ? []
        : [
            icon('reply'),
            el('div', { class: 'answering-text' }, [
              el('strong', { text: texts.replyingTo(post.author) }),
              el('span', { text: post.text.slice(0, 100) }),
            ]),
            iconButton('close', texts.cancelReply, () => this.replyTo(null)),
          ],
    );
  }
}
