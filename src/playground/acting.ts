/**
 * What people do on the page, done in the world: each act reads what it was given, does it as the person who asked for
 * it, and says in one sentence why it cannot be done. Knows no HTTP.
 */
import { isAdmin, isInside } from './access.ts';
import { ActReader } from './readAct.ts';
import type { Behind } from './behind.ts';
import type { Person } from './person.ts';
import type { Post } from './post.ts';
import type { ActName, Acts, InlineCards, Mood, Voice } from './protocol.ts';
import type { InlineAsk } from './queries.ts';
import { FIRST_OF_CROWD } from './scene.ts';
import { currentChat } from './show.ts';
import type { Stage } from './stage.ts';
import { Travel } from './travel.ts';
import type { ChatState, Rights } from './world.ts';

/** The bot answers within a second; longer only in trouble, and the page then says that nothing came. */
const ANSWER_MS = 12_000;
/** Inline questions of which a card can still be chosen. */
const MAX_ASKS = 100;
export const MAX_CROWD = 5_000;
const MAX_TITLE = 300;
const MAX_DAYS = 60;
const MAX_WAIT_SECONDS = 600;
/** Telegram's own: a burst to one chat, then one a second; 20 a minute to a group; 30 a second in all (Bots FAQ). */
const REAL_LIMITS = { perChatPerSecond: 1, burst: 3, groupPerMinute: 20, botPerSecond: 30 };

const RIGHTS: Record<'admin' | 'mute', Rights> = {
  admin: { can_post_messages: true, can_edit_messages: true, can_delete_messages: true },
  mute: {},
};

type Act<K extends ActName> = (reader: ActReader) => Acts[K]['gives'] | Promise<Acts[K]['gives']>;

export class Acting {
  readonly #stage: Stage;
  readonly #behind: Behind;
  readonly #travel: Travel;
  readonly #asks = new Map<string, InlineAsk>();
  readonly #acts: { [K in ActName]: Act<K> } = {
    send: (reader) => this.#send(reader),
    locate: (reader) => this.#locate(reader),
    press: (reader) => this.#press(reader),
    ask: (reader) => this.#ask(reader),
    choose: (reader) => this.#choose(reader),
    block: (reader) => this.#block(reader),
    place: (reader) => this.#place(reader),
    upgrade: (reader) => ({ chatId: this.#room(reader).migrate().id }),
    topic: (reader) => this.#topic(reader),
    time: (reader) => this.#travel.go(reader.integer('days', 0, MAX_DAYS)),
    write: (reader) => this.#write(reader),
    mood: (reader) => this.#mood(reader),
    crowd: (reader) => this.#crowd(reader),
    startOver: () => this.#startOver(),
  };
  readonly #zone: string;
  #isStartingOver = false;

  /** @param zone IANA: the newsroom's, whose days articles bear */
  constructor(stage: Stage, behind: Behind, zone: string) {
    this.#stage = stage;
    this.#behind = behind;
    this.#zone = zone;
    this.#travel = new Travel(stage.clock, behind);
  }

  /** @throws Error with a sentence for the person when it cannot be done */
  async act(name: string, body: unknown): Promise<unknown> {
    if (!Object.hasOwn(this.#acts, name)) throw new Error(`there is no act "${name}"`);
    if (this.#isStartingOver) throw new Error('the playground is starting over; try again in a moment');
    return this.#acts[name as ActName](new ActReader(body));
  }

  /** Puts a file into the folder of articles. @throws Error like `act` */
  drop(name: string, content: Buffer): { file: string } {
    return { file: this.#stage.newsdesk.drop(name, content) };
  }

  #send(reader: ActReader): null {
    const { chat, person, options } = this.#voice(reader);
    person.sends(chat.id, reader.text('text'), { ...options, ...this.#answered(reader, chat) });
    return null;
  }

  #locate(reader: ActReader): null {
    const { chat, person, options } = this.#voice(reader);
    const point = {
      latitude: reader.number('latitude', -90, 90),
      longitude: reader.number('longitude', -180, 180),
    };
    person.sendsPlace(chat.id, point, { ...options, ...this.#answered(reader, chat) });
    return null;
  }

  /** The message that is replied to, if it is there. */
  #answered(reader: ActReader, chat: ChatState): { replyTo?: Post } {
    const id = reader.optionalInteger('replyTo');
    const replyTo = id === null ? undefined : this.#stage.api.state.post(chat, id);
    return replyTo === undefined ? {} : { replyTo };
  }

  async #press(reader: ActReader): Promise<Acts['press']['gives']> {
    const { chat, person } = this.#voice(reader);
    const { api } = this.#stage;
    const post = api.state.post(chat, reader.integer('messageId'));
    if (post === undefined) throw new Error('this message is gone');
    const press = person.presses(post, reader.integer('button', 0) + 1);
    const answer = await api.waitFor(() => press.answer, ANSWER_MS).catch(() => null);
    return answer === null ? null : { text: answer.text, alert: answer.showAlert, url: answer.url };
  }

  async #ask(reader: ActReader): Promise<InlineCards | null> {
    const { chat, person } = this.#voice(reader);
    const chatType = chat.type === 'private' ? 'sender' : chat.type;
    const ask = person.asks(reader.text('query'), reader.text('offset'), chatType);
    this.#asks.set(ask.id, ask);
    const oldest = this.#asks.size > MAX_ASKS ? this.#asks.keys().next().value : undefined;
    if (oldest !== undefined) this.#asks.delete(oldest);
    const answer = await this.#stage.api.waitFor(() => ask.answer, ANSWER_MS).catch(() => null);
    if (answer === null) return null;
    const { results, nextOffset, button } = answer;
    return {
      askId: ask.id,
      cards: results.map(({ id, title, description }) => ({ id, title, description })),
      nextOffset,
      button,
    };
  }

  #choose(reader: ActReader): null {
    const { chat, person, options } = this.#voice(reader);
    const ask = this.#asks.get(reader.text('askId'));
    if (ask === undefined) throw new Error('these results are too old; type the question again');
    person.chooses(ask, reader.text('cardId'), chat.id, options);
    return null;
  }

  #block(reader: ActReader): null {
    const person = this.#person(reader);
    if (reader.boolean('blocked')) person.blocks();
    else person.unblocks();
    return null;
  }

  #place(reader: ActReader): null {
    const place = reader.oneOf('bot', 'out', 'member', 'admin', 'mute');
    const room = this.#room(reader);
    const personId = reader.optionalInteger('personId');
    const by = personId === null ? {} : { by: this.#stage.api.world.person(personId) };
    if (place === 'out') room.setBot('left', by);
    else if (place === 'member') room.setBot('member', by);
    else room.setBot('administrator', { rights: RIGHTS[place], ...by });
    return null;
  }

  #topic(reader: ActReader): null {
    const room = this.#room(reader);
    const threadId = reader.integer('threadId', 0);
    const closed = reader.boolean('closed');
    if (threadId === 0) room.setGeneralClosed(closed);
    else if (closed) room.closeTopic(threadId);
    else room.reopenTopic(threadId);
    return null;
  }

  #write(reader: ActReader): { file: string } {
    const { newsdesk, clock } = this.#stage;
    const title = reader.text('title').trim();
    const text = reader.text('text').trim();
    if (title === '' || title.length > MAX_TITLE) {
      throw new Error(`an article needs a title of at most ${MAX_TITLE} characters`);
    }
    if (text === '') throw new Error('an article needs a text');
    // Swedish writes dates as ISO 8601 does.
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: this.#zone, dateStyle: 'short' });
    return { file: newsdesk.write({ title, text, source: reader.text('source') }, day.format(clock.now())) };
  }

  async #mood(reader: ActReader): Promise<null> {
    const { api } = this.#stage;
    const mood: Mood = reader.oneOf('mood', 'refuse', 'lose', 'outage', 'recover', 'limits', 'noLimits');
    const retryAfterSeconds = reader.integer('seconds', 0, MAX_WAIT_SECONDS);
    switch (mood) {
      case 'refuse':
        api.faults.add({ kind: 'too-many', method: 'sendMessage', retryAfterSeconds });
        break;
      case 'lose':
        api.faults.add({ kind: 'reset', method: 'sendMessage', after: true });
        break;
      case 'outage':
        if (api.isUp) await api.goDown();
        break;
      case 'recover':
        api.faults.clear();
        if (!api.isUp) await api.comeBack();
        break;
      case 'limits':
      case 'noLimits':
        api.limiter.limits = mood === 'limits' ? REAL_LIMITS : {};
    }
    api.state.changed();
    return null;
  }

  /** They write in groups, so that the page gets its turn in between. */
  async #crowd(reader: ActReader): Promise<null> {
    const { world } = this.#stage.api;
    const count = reader.integer('count', 1, MAX_CROWD);
    let first = FIRST_OF_CROWD;
    while (world.has(first)) first += 1;
    if (first + count - FIRST_OF_CROWD > MAX_CROWD)
      throw new Error(`the crowd has at most ${MAX_CROWD} readers`);
    world.addPrivateChats(count, first);
    for (let id = first; id < first + count; id++) {
      world.person(id).says('/subscribe');
      if (id % 50 === 0) await new Promise(setImmediate);
    }
    return null;
  }

  async #startOver(): Promise<null> {
    this.#isStartingOver = true;
    try {
      if (!this.#stage.api.isUp) await this.#stage.api.comeBack();
      await this.#behind.startOver();
      this.#asks.clear();
    } finally {
      this.#isStartingOver = false;
    }
    return null;
  }

  #person(reader: ActReader): Person {
    return this.#stage.api.world.person(reader.integer('personId'));
  }

  #chat(reader: ActReader): ChatState {
    const id = reader.integer('chatId');
    const chat = currentChat(this.#stage.api.state, id);
    if (chat === null) throw new Error(`there is no chat ${id}`);
    return chat;
  }

  #room(reader: ActReader) {
    return this.#stage.api.world.room(this.#chat(reader).id);
  }

  /** Who speaks, where, and how. */
  #voice(reader: ActReader) {
    const chat = this.#chat(reader);
    const person = this.#person(reader);
    const voice: Pick<Voice, 'threadId' | 'anonymous'> = {
      threadId: reader.integer('threadId', 0),
      anonymous: reader.boolean('anonymous'),
    };
    const isTheirs =
      chat.type === 'private'
        ? chat.id === person.id
        : isInside(this.#stage.api.state.member(chat, person.id));
    if (!isTheirs) throw new Error(`${person.user.first_name} is not in this chat`);
    const options = {
      ...(voice.threadId === 0 ? {} : { threadId: voice.threadId }),
      ...(voice.anonymous && isAdmin(this.#stage.api.state.member(chat, person.id))
        ? { anonymous: true }
        : {}),
    };
    return { chat, person, options };
  }
}
