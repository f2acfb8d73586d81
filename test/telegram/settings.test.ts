import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApi } from '../../src/playground/botApi.ts';
import type { Person } from '../../src/playground/person.ts';
import type { Post } from '../../src/playground/post.ts';
import type { Room } from '../../src/playground/room.ts';
import type { Subscription } from '../../src/digest/subscription.ts';
import { DAY, HOUR, SEVEN, type Wish } from '../digest/newsroom.ts';
import { startRig, type Rig } from './rig.ts';

let rig: Rig;
let api: BotApi;
let anne: Person;

beforeEach(async () => {
  rig = await startRig();
  api = rig.double;
  anne = api.world.addUser({ firstName: 'Anne', languageCode: 'en', started: true });
});

afterEach(async () => {
  await rig.close();
  expect(api.bugs).toEqual([]);
  expect(rig.log()).not.toContain('"level":"error"');
});

async function answerTo(text: string, person = anne): Promise<Post> {
  person.says(text);
  return api.nextMessage(person);
}

/** Presses a button and waits until that is over. Returns what appeared over the chat. */
async function press(post: Post, which: string, person = anne): Promise<string> {
  const pressed = person.presses(post, which);
  const { text } = await api.waitFor(() => pressed.answer);
  return text;
}

async function presses(post: Post, ...which: string[]): Promise<void> {
  for (const one of which) expect(await press(post, one), one).toBe('');
}

async function of(chatId: number, threadId = 0): Promise<Subscription> {
  const found = await rig.room.store.find(chatId, threadId);
  if (found === null) throw new Error(`${chatId} is not subscribed`);
  return found;
}

/** At seven, so that the first slot is that of tomorrow. */
async function subscribe(chatId: number, wish: Wish = {}): Promise<void> {
  await rig.room.subscribe(chatId, { at: SEVEN, ...wish });
}

/** Subscribed, with the settings open. */
async function opened(): Promise<Post> {
  await subscribe(anne.id, { language: 'en' });
  return answerTo('/settings');
}

describe('/settings in private', () => {
  it('begins with the times at which the digest could come', async () => {
    const post = await answerTo('/settings');
    expect(post.text).toContain('There is no subscription yet. Choose a time of day (Hanoi time)');
    await presses(post, '06:30');
    expect(post.text).toBe(
      [
        '⚙️ Digest settings',
        'It comes every day at 06:30, Hanoi time.',
        'Next: 06:30 Wed 25 Nov 2026',
        'Then: 06:30 Thu 26 Nov 2026 and 06:30 Fri 27 Nov 2026',
        'At most 10 articles a digest, with summaries, in English.',
      ].join('\n'),
    );
    expect((await of(anne.id)).cron).toBe('30 6 * * *');
  });

  it('reads so in Vietnamese', async () => {
    const lan = api.world.addUser({ languageCode: 'vi', started: true });
    const post = await answerTo('/settings', lan);
    await press(post, '06:30', lan);
    await press(post, '📅 Ngày gửi', lan);
    await press(post, 'T2–T6', lan);
    await press(post, '◀️ Quay lại', lan);
    expect(post.text).toBe(
      [
        '⚙️ Cài đặt bản tin',
        'Gửi từ thứ Hai đến thứ Sáu lúc 06:30, giờ Hà Nội.',
        'Lần tới: 06:30 Thứ Tư, 25/11/2026',
        'Sau đó: 06:30 Thứ Năm, 26/11/2026 và 06:30 Thứ Sáu, 27/11/2026',
        'Mỗi bản nhiều nhất 10 bài, kiểu vừa, tiếng Việt.',
      ].join('\n'),
    );
  });

  it('changes times, in place', async () => {
    const post = await opened();
    await presses(post, '🕒 Times', '18:00', '✅ 07:00', '06:30');
    expect((await of(anne.id)).cron).toBe('30 6 * * *; 0 18 * * *');
    expect(post.text).toContain('every day at 06:30 and 18:00');
    expect(await press(post, '✅ 18:00')).toBe('');
    expect(await press(post, '✅ 06:30')).toContain('At least one time has to stay');
    expect(api.messages(anne)).toHaveLength(1);
  });

  it('changes days', async () => {
    const post = await opened();
    await presses(post, '📅 Days', 'Mon–Fri', '✅ Fri', 'Sat');
    expect((await of(anne.id)).cron).toBe('0 7 * * 1,2,3,4,6');
    await presses(post, 'Weekend', '✅ Sun');
    expect(await press(post, '✅ Sat')).toContain('At least one day has to stay');
    await presses(post, 'Every day');
    expect((await of(anne.id)).cron).toBe('0 7 * * *');
  });

  it('changes the zone, and shows its clocks', async () => {
    const post = await opened();
    await presses(post, '🌏 Time zone');
    expect(post.text).toContain('Hanoi time (UTC+7): it is 07:00 now.');
    await presses(post, 'Berlin');
    expect(post.text).toContain('every day at 07:00, Berlin time');
    expect((await of(anne.id)).nextAt).toBe(Date.parse('2026-11-24T06:00:00Z'));
  });

  it('changes quiet hours, length and style', async () => {
    const post = await opened();
    await presses(post, '🌙 Quiet hours', '22:00–06:00');
    expect(post.text).toContain('Silent from 22:00 to 06:00.');
    await presses(post, '🌙 Quiet hours', 'Always silent');
    expect(post.text).toContain('Always silent.');
    await presses(
      post,
      '🌙 Quiet hours',
      'Always with sound',
      '🔢 Length',
      '5',
      '✍️ Style',
      'Brief: titles only',
    );
    expect(post.text).toContain('At most 5 articles a digest, brief, in English.');
    expect(await of(anne.id)).toMatchObject({ quiet: null, silent: false, maxItems: 5, style: 'short' });
    await presses(post, '🔢 Length', 'Default (10)');
    expect((await of(anne.id)).maxItems).toBeNull();
  });

  it('changes the language, of answers and digests', async () => {
    const post = await opened();
    await presses(post, '🌐 Language', '🇻🇳 Tiếng Việt');
    expect(post.text).toContain('Gửi mỗi ngày lúc 07:00');
    expect((await of(anne.id)).language).toBe('vi');
    expect((await answerTo('/status')).text).toContain('Trạng thái');
  });

  it('pauses and resumes', async () => {
    const post = await opened();
    await presses(post, '⏸ Pause', '1 week');
    expect(post.text).toContain('⏸ Paused until 07:00 Tue 1 Dec 2026.\nNext: 07:00 Tue 1 Dec 2026');
    await presses(post, '▶️ Resume');
    expect(post.text).not.toContain('Paused');
    expect(await of(anne.id)).toMatchObject({ pausedUntil: null });
  });

  it('stay paused when the bot was blocked and unblocked meanwhile', async () => {
    const post = await opened();
    await presses(post, '⏸ Pause', '1 week');
    anne.blocks();
    await api.settled();
    anne.unblocks();
    const status = await answerTo('/status');
    expect(status.text).toContain('Paused until 07:00 Tue 1 Dec 2026.\nNext: 07:00 Tue 1 Dec 2026');
    expect((await of(anne.id)).pausedUntil).toBe(SEVEN + 7 * DAY);
  });

  it('previews what would come, with the settings that it would have', async () => {
    await rig.room.publish(7);
    const post = await opened();
    await presses(post, '🔢 Length', '5');
    await presses(post, '🗞 Preview');
    const preview = await api.nextMessage(anne);
    expect(preview.text).toContain('5. Tin 3.');
    expect(preview.text).not.toContain('Tin 2.');
  });

  it('stops, and goes on as before or at another time', async () => {
    const post = await opened();
    await presses(post, '📅 Days', 'Mon–Fri', '◀️ Done', '🔕 Unsubscribe');
    expect(post.text).toContain(
      'The digest is stopped. It used to come from Monday to Friday at 07:00, Hanoi time.',
    );
    expect(await rig.room.store.find(anne.id, 0)).toBeNull();
    await presses(post, '🔔 As before');
    expect((await of(anne.id)).cron).toBe('0 7 * * 1-5');
    await presses(post, '🔕 Unsubscribe', '20:00');
    expect((await of(anne.id)).cron).toBe('0 20 * * 1-5');
  });

  it('shows a schedule that experts typed, and lets times take its place', async () => {
    await subscribe(anne.id, { cron: '0 7 L * *', language: 'en' });
    const post = await answerTo('/settings');
    expect(post.text).toContain('It comes on the schedule 0 7 L * *, Hanoi time.');
    await presses(post, '📅 Days');
    expect(post.text).toContain('its days are changed there, too');
    await presses(post, '◀️ Done', '🕒 Times', '06:30');
    expect((await of(anne.id)).cron).toBe('30 6 * * *');
  });

  it('is not harmed by buttons that are pressed twice, late, or forged', async () => {
    const post = await opened();
    await presses(post, '🕒 Times');
    const old = post.buttons.find(({ text }) => text === '18:00')?.callback_data ?? '';
    await presses(post, '18:00', '✅ 18:00');
    for (const data of [old, old, 'o:::zMars/Olympus', 'o:::d+9', 'o:-rt::e']) {
      const [first] = post.buttons;
      if (first === undefined) throw new Error('no button');
      first.callback_data = data;
      await press(post, data);
    }
    expect(await of(anne.id)).toMatchObject({ cron: '0 7 * * *; 0 18 * * *', zone: 'Asia/Ho_Chi_Minh' });
  });
});

describe('what is typed', () => {
  /** Asks for something under the settings, and replies to the question. */
  async function asked(post: Post, page: string, button: string): Promise<Post> {
    await presses(post, page, button);
    return api.nextMessage(anne);
  }
  const reply = async (question: Post, text: string): Promise<Post> => {
    anne.sends(anne.id, text, { replyTo: question });
    return api.nextMessage(anne);
  };

  it('are times, as many as one likes', async () => {
    const question = await asked(await opened(), '🕒 Times', '⌨️ Other time');
    expect(question.text).toBe(
      '⌨️ Please reply to this message with a time such as 06:30, or several: 6:30 and 18:00.',
    );
    expect(question.asks).not.toBeNull();
    const page = await reply(question, '6h45 and 5:15pm');
    expect(page.text).toContain('every day at 06:45, 07:00 and 17:15');
    await presses(page, '🕒 Times', '✅ 06:45');
    expect((await of(anne.id)).cron).toBe('0 7 * * *; 15 17 * * *');
  });

  it('is asked for again when it is not understood', async () => {
    const question = await asked(await opened(), '🕒 Times', '⌨️ Other time');
    const again = await reply(question, 'at dawn <b>');
    expect(again.text).toContain('The bot did not understand “at dawn <b>”.');
    expect(again.asks).not.toBeNull();
    expect((await reply(again, '5:00')).text).toContain('05:00 and 07:00');
  });

  it('is a city, with a choice where there are several', async () => {
    const post = await opened();
    const question = await asked(post, '🌏 Time zone', '⌨️ Other place');
    expect((await reply(question, 'Praha')).text).toContain('Prague time');
    const choice = await reply(question, 'san');
    expect(choice.text).toBe('Which place do you mean?');
    await presses(choice, 'San Francisco (UTC−8)');
    expect(choice.text).toContain('Los Angeles time');
    expect((await reply(question, 'Europe/Lisbon')).text).toContain('Lisbon time');
    expect((await reply(question, 'Atlantis')).text).toContain('did not understand “Atlantis”');
  });

  it('may be a place on the map', async () => {
    const question = await asked(await opened(), '🌏 Time zone', '⌨️ Other place');
    anne.sendsPlace(anne.id, { latitude: 48.85, longitude: 2.35 }, { replyTo: question });
    expect((await api.nextMessage(anne)).text).toContain('Paris time');
    expect((await of(anne.id)).zone).toBe('Europe/Paris');
  });

  it('may be a place that nobody asked for', async () => {
    await opened();
    anne.sendsPlace(anne.id, { latitude: -31.55, longitude: 159.08 });
    const offer = await api.nextMessage(anne);
    expect(offer.text).toContain('That place is on Lord Howe time.');
    await presses(offer, 'Use Lord Howe time');
    expect((await of(anne.id)).zone).toBe('Australia/Lord_Howe');
  });

  it('are quiet hours', async () => {
    const question = await asked(await opened(), '🌙 Quiet hours', '⌨️ Other hours');
    expect((await reply(question, '21:30 - 6:15')).text).toContain('from 21:30 to 06:15');
    expect((await reply(question, 'at night')).text).toContain('did not understand');
  });

  it('is the end of a pause', async () => {
    const question = await asked(await opened(), '⏸ Pause', '⌨️ Until a date');
    expect((await reply(question, '31/12')).text).toContain('Paused until 00:00 Thu 31 Dec 2026.');
    expect((await reply(question, '1/1/2020')).text).toContain('That day is past');
    expect((await reply(question, '900d')).text).toContain('a year at most');
    expect((await reply(question, 'soon')).text).toContain('did not understand');
    expect((await of(anne.id)).pausedUntil).toBe(Date.parse('2026-12-30T17:00:00Z'));
  });

  it('says why it cannot be', async () => {
    const question = await asked(await opened(), '🕒 Times', '⌨️ Other time');
    const many = Array.from({ length: 13 }, (_, n) => `${n}:10`).join(' ');
    expect((await reply(question, many)).text).toContain('At most 12 times a day');
    await rig.room.db.deleteFrom('subscriptions').execute();
    expect((await reply(question, '6:30')).text).toContain('There is no subscription here');
  });

  it('may be a command all the same, and words for a search elsewhere', async () => {
    const question = await asked(await opened(), '🕒 Times', '⌨️ Other time');
    expect((await reply(question, '/status')).text).toContain('Status');
    expect((await answerTo('6:45')).text).toContain('No article matches “6:45”');
  });
});

describe('/schedule, /pause and /resume', () => {
  it('subscribe and set in one line, and are read back', async () => {
    const post = await answerTo('/schedule 30 6 * * 1-5');
    expect(post.text).toContain(
      'It comes from Monday to Friday at 06:30, Hanoi time.\nNext: 06:30 Wed 25 Nov 2026',
    );
    expect((await of(anne.id)).cron).toBe('30 6 * * 1-5');
    expect((await answerTo('/schedule 6:30 18:00')).text).toContain(
      'from Monday to Friday at 06:30 and 18:00',
    );
    expect((await answerTo('/schedule 30 6 * * 1-5; 0 9 * * 6')).text).toContain(
      'from Monday to Friday at 06:30; every Saturday at 09:00',
    );
    expect((await answerTo('/schedule 0 7 * * *\n0 19 * * *')).text).toContain(
      'every day at 07:00 and 19:00',
    );
  });

  it.each([
    ['/schedule', 'Write times or a schedule after the command'],
    ['/schedule tomorrow', 'The bot cannot read that schedule.'],
    ['/schedule 61 7 * * *', 'The bot cannot read that schedule.'],
    ['/schedule 0 7 30 2 *', 'That schedule never comes true'],
    ['/schedule * * * * *', 'At most 24 digests a day'],
    ['/schedule <b>*</b>', 'The bot cannot read that schedule.'],
  ])('%s: %s', async (text, expected) => {
    await subscribe(anne.id);
    expect((await answerTo(text)).text).toContain(expected);
    expect((await of(anne.id)).cron).toBe('0 7 * * *');
  });

  it('pause for days, or until a day, and resume', async () => {
    await opened();
    expect((await answerTo('/pause 3d')).text).toContain('Paused until 07:00 Fri 27 Nov 2026.');
    expect((await answerTo('/pause 2026-12-31')).text).toContain('Paused until 00:00 Thu 31 Dec 2026.');
    expect((await answerTo('/status')).text).toContain('Paused until 00:00 Thu 31 Dec 2026.');
    expect((await answerTo('/resume')).text).toContain('Next: 07:00 Wed 25 Nov 2026');
    expect((await answerTo('/resume')).text).toBe('The digest is not paused.');
  });

  it.each([
    ['/pause soon', 'did not understand “soon”'],
    ['/pause 2020-01-01', 'That day is past'],
    ['/pause 2000d', 'a year at most'],
  ])('%s: %s', async (text, expected) => {
    await subscribe(anne.id);
    expect((await answerTo(text)).text).toContain(expected);
    expect((await of(anne.id)).pausedUntil).toBeNull();
  });

  it('have nothing to pause without a subscription', async () => {
    expect((await answerTo('/pause 3d')).text).toContain('There is no subscription here');
    expect((await answerTo('/resume')).text).toContain('There is no subscription here');
  });

  it('without words, /pause shows how long it could be', async () => {
    await subscribe(anne.id);
    const post = await answerTo('/pause');
    await presses(post, '3 days');
    expect((await of(anne.id)).pausedUntil).toBe(rig.services.now() + 3 * DAY);
  });
});

describe('/status', () => {
  it('says the schedule in words and the next three times, and leads to the settings', async () => {
    await subscribe(anne.id, { cron: '30 6 * * 1-5; 0 18 * * 1-5', language: 'en' });
    const status = await answerTo('/status');
    expect(status.text).toContain(
      [
        'Digest: from Monday to Friday at 06:30 and 18:00, Hanoi time',
        'Next: 18:00 Tue 24 Nov 2026',
        'Then: 06:30 Wed 25 Nov 2026 and 18:00 Wed 25 Nov 2026',
      ].join('\n'),
    );
    anne.presses(status, '⚙️ Settings');
    expect((await api.nextMessage(anne)).text).toContain('Digest settings');
  });
});

describe('in a group', () => {
  let owner: Person;
  let group: Room;

  beforeEach(() => {
    owner = api.world.addUser({ firstName: 'Tom', languageCode: 'en', started: true });
    group = api.world.addSupergroup({ owner, forum: true, bot: 'member', title: 'Tin làng' });
    group.setMember(anne, 'member');
  });

  const inGroup = async (person: Person, text: string, options = {}): Promise<Post> => {
    person.sends(group, text, options);
    return api.nextMessage(group);
  };

  it('everybody reads what is set, and only admins have buttons', async () => {
    expect((await inGroup(anne, '/settings')).text).toBe(
      'There is no subscription here. To get the digest: /subscribe\nOnly admins can change this.',
    );
    await subscribe(group.id);
    const read = await inGroup(anne, '/settings');
    expect(read.text).toContain('It comes every day at 07:00');
    expect(read.buttons).toEqual([]);
    const admin = await inGroup(owner, '/settings');
    expect(await press(admin, '🕒 Times', anne)).toContain('Only admins can do this.');
    expect(admin.edits).toBe(0);
    expect(await press(admin, '🕒 Times', owner)).toBe('');
    expect(await press(admin, '06:30', anne)).toContain('Only admins');
    expect((await of(group.id)).cron).toBe('0 7 * * *');
    expect(await press(admin, '06:30', owner)).toBe('');
    expect((await of(group.id)).cron).toBe('30 6 * * *; 0 7 * * *');
  });

  it.each(['/schedule 06:30', '/pause 3d', '/resume'])('%s is for admins', async (text) => {
    await subscribe(group.id);
    expect((await inGroup(anne, text)).text).toContain('Only admins can do this.');
    expect(await of(group.id)).toMatchObject({ cron: '0 7 * * *', pausedUntil: null });
    expect((await inGroup(owner, text)).text).not.toContain('Only admins');
  });

  it('each topic has settings of its own, from within the topic', async () => {
    const [news, sport] = [group.createTopic('Tin'), group.createTopic('Thể thao')];
    for (const [threadId, time] of [
      [news, '06:30'],
      [sport, '20:00'],
    ] as const) {
      const post = await inGroup(owner, '/settings', { threadId });
      expect(post.threadId).toBe(threadId);
      expect(await press(post, time, owner)).toBe('');
      expect(await press(post, '✍️ Style', owner)).toBe('');
    }
    expect((await of(group.id, news)).cron).toBe('30 6 * * *');
    expect((await of(group.id, sport)).cron).toBe('0 20 * * *');
    expect(await rig.room.store.find(group.id, 0)).toBeNull();
    const post = await inGroup(owner, '/schedule 9:00', { threadId: sport });
    expect(post.threadId).toBe(sport);
    expect((await of(group.id, sport)).cron).toBe('0 9 * * *');
    expect((await of(group.id, news)).cron).toBe('30 6 * * *');
  });

  it('a button of a topic acts on the topic, also when its message is gone', async () => {
    const news = group.createTopic('Tin');
    await subscribe(group.id, { thread: news, language: 'en' });
    await subscribe(group.id, { language: 'en' });
    const post = await inGroup(owner, '/settings', { threadId: news });
    await press(post, '✍️ Style', owner);
    post.deleted = true;
    await press(post, 'Brief: titles only', owner);
    expect((await of(group.id, news)).style).toBe('short');
    expect((await of(group.id)).style).toBe('normal');
  });

  it('asks the admin who pressed by name, and takes their reply though privacy mode is on', async () => {
    const news = group.createTopic('Tin');
    await subscribe(group.id, { thread: news, language: 'en' });
    const post = await inGroup(owner, '/settings', { threadId: news });
    await press(post, '🕒 Times', owner);
    await press(post, '⌨️ Other time', owner);
    const question = await api.nextMessage(group);
    expect(question.text).toContain('Tom: Please reply to this message');
    expect(question.threadId).toBe(news);
    expect(question.entities.find(({ type }) => type === 'text_mention')?.user?.id).toBe(owner.id);
    const call = api.ledger.of('sendMessage', group.id).at(-1);
    expect(JSON.stringify(call?.params.reply_markup)).toContain('selective');
    expect((await inGroup(anne, '5:00', { threadId: news, replyTo: question })).text).toContain(
      'Only admins',
    );
    expect((await inGroup(owner, '5:00', { threadId: news, replyTo: question })).text).toContain(
      '05:00 and 07:00',
    );
    expect((await of(group.id, news)).cron).toBe('0 5 * * *; 0 7 * * *');
  });

  it('anonymous admins do everything, and are not named', async () => {
    group.setMember(owner, 'creator', { anonymous: true });
    const post = await inGroup(owner, '/settings', { anonymous: true });
    expect(await press(post, '06:30', owner)).toBe('');
    expect(await press(post, '🕒 Times', owner)).toBe('');
    expect(await press(post, '⌨️ Other time', owner)).toBe('');
    const question = await api.nextMessage(group);
    expect(question.text).not.toContain('Tom');
    expect(question.entities.map(({ type }) => type)).not.toContain('text_mention');
    const page = await inGroup(owner, '18h15', { anonymous: true, replyTo: question });
    expect(page.text).toContain('mỗi ngày lúc 06:30 và 18:15');
    expect((await inGroup(owner, '/pause 3d', { anonymous: true })).text).toContain('Đang tạm dừng');
  });

  it('a question of long ago is answered by nobody who is no admin any more', async () => {
    await subscribe(group.id, { language: 'en' });
    const post = await inGroup(owner, '/settings');
    await press(post, '🕒 Times', owner);
    await press(post, '⌨️ Other time', owner);
    const question = await api.nextMessage(group);
    group.setMember(owner, 'member');
    expect((await inGroup(owner, '5:00', { replyTo: question })).text).toContain('Only admins');
    expect((await of(group.id)).cron).toBe('0 7 * * *');
  });

  it('replies to anything else are nobody’s answers', async () => {
    await subscribe(group.id, { language: 'en' });
    const post = await inGroup(owner, '/settings');
    owner.sends(group, '5:00', { replyTo: post });
    const fake = anne.sends(group, 'a question?');
    owner.sends(group, '5:00', { replyTo: fake });
    await inGroup(owner, '/status');
    expect((await of(group.id)).cron).toBe('0 7 * * *');
  });
});

describe('a channel from private', () => {
  let owner: Person;
  let channel: Room;

  beforeEach(() => {
    owner = api.world.addUser({ firstName: 'Tom', languageCode: 'en', started: true });
    channel = api.world.addChannel({
      owner,
      title: 'Tin nóng',
      username: 'tin_nong',
      bot: 'administrator',
      botRights: 'all',
    });
  });

  it('has its settings behind its name, for its admins', async () => {
    const post = await answerTo('/settings @tin_nong', owner);
    expect(post.text).toContain('Digest of Tin nóng');
    await press(post, '06:30', owner);
    await press(post, '📅 Days', owner);
    await press(post, 'Mon–Fri', owner);
    expect(await of(channel.id)).toMatchObject({ cron: '30 6 * * 1-5', surface: 'channel' });
    expect(post.text).toContain('Digest of Tin nóng\nIt comes from Monday to Friday at 06:30, Hanoi time.');
    expect(api.messages(channel)).toEqual([]);
    expect((await answerTo('/settings @tin_nong')).text).toContain('does not confirm that you are an admin');
  });

  it('is set by commands that name it', async () => {
    expect((await answerTo('/schedule @tin_nong 6:30 18:00', owner)).text).toContain('Digest of Tin nóng');
    expect((await of(channel.id)).cron).toBe('30 6 * * *; 0 18 * * *');
    expect((await answerTo(`/pause ${channel.id} 3d`, owner)).text).toContain('Paused until');
    expect((await answerTo('/resume @tin_nong', owner)).text).toContain('Next: 18:00 Tue 24 Nov 2026');
    for (const text of ['/schedule @tin_nong 9:00', '/pause @tin_nong 3d', '/resume @tin_nong']) {
      expect((await answerTo(text)).text).toContain('does not confirm');
    }
    expect(await of(channel.id)).toMatchObject({ cron: '30 6 * * *; 0 18 * * *', pausedUntil: null });
  });

  it('asks Telegram at each press whether the person is still an admin', async () => {
    const post = await answerTo('/settings @tin_nong', owner);
    await press(post, '06:30', owner);
    const admin = api.world.addUser({ languageCode: 'en', started: true });
    channel.setMember(admin, 'administrator', { rights: 'all' });
    const theirs = await answerTo('/settings @tin_nong', admin);
    expect(await press(theirs, '✍️ Style', admin)).toBe('');
    channel.setMember(admin, 'member');
    for (const which of ['Brief: titles only', '◀️ Done']) {
      expect(await press(theirs, which, admin)).toContain('does not confirm that you are an admin there');
    }
    expect((await of(channel.id)).style).toBe('normal');
  });

  it('is typed for by a reply to the question, after a restart as well: nothing is remembered', async () => {
    await subscribe(channel.id, { language: 'en' });
    const post = await answerTo('/settings @tin_nong', owner);
    await press(post, '🌏 Time zone', owner);
    await press(post, '⌨️ Other place', owner);
    const question = await api.nextMessage(owner);
    owner.sends(owner, 'Berlin', { replyTo: question });
    expect((await api.nextMessage(owner)).text).toContain(
      'Digest of Tin nóng\nIt comes every day at 07:00, Berlin time',
    );
    expect((await of(channel.id)).zone).toBe('Europe/Berlin');
    // Somebody who got the question forwarded, or made one up.
    const forged = await answerTo('/help');
    forged.wire = { ...question.wire, chat: forged.wire.chat, message_id: forged.id };
    anne.sends(anne, 'Paris', { replyTo: forged });
    expect((await api.nextMessage(anne)).text).toContain('does not confirm');
    expect((await of(channel.id)).zone).toBe('Europe/Berlin');
  });

  it('says so when the bot cannot post there, or is not there', async () => {
    channel.setBot('administrator');
    await api.settled();
    const post = await answerTo('/settings @tin_nong', owner);
    expect(await press(post, '06:30', owner)).toContain('@diemtin_bot cannot post there yet');
    channel.setBot('left');
    await api.settled();
    expect(await press(post, '06:30', owner)).toContain('The bot is not there any more');
    expect(await rig.room.store.find(channel.id, 0)).toBeNull();
  });

  it('can be previewed without anybody in it seeing that', async () => {
    await rig.room.publish(2);
    await subscribe(channel.id, { language: 'vi' });
    const post = await answerTo('/settings @tin_nong', owner);
    await press(post, '🗞 Preview', owner);
    expect((await api.nextMessage(owner)).text).toContain('Điểm tin Thứ Tư');
    expect(api.messages(channel)).toEqual([]);
  });

  it('whose admin posts /settings gets a link, and no buttons that readers could press', async () => {
    owner.sends(channel, '/settings');
    const post = await api.nextMessage(channel);
    const [button, ...others] = post.buttons;
    expect(others).toEqual([]);
    const payload = new URL(button?.url ?? '').searchParams.get('start') ?? '';
    expect((await answerTo(`/start ${payload}`, owner)).text).toContain('Digest of Tin nóng');
    expect((await answerTo(`/start ${payload}`)).text).toContain('does not confirm');
    owner.sends(channel, '/schedule 6:30');
    const answer = await api.nextMessage(channel);
    expect(answer.text).toContain('mỗi ngày lúc 06:30');
    expect(answer.buttons).toEqual([]);
    owner.sends(channel, '/pause 3d');
    expect((await api.nextMessage(channel)).text).toContain('Đang tạm dừng đến');
    owner.sends(channel, '/pause');
    expect((await api.nextMessage(channel)).text).toContain('Bot chưa hiểu');
    owner.sends(channel, '/resume');
    expect((await api.nextMessage(channel)).buttons).toEqual([]);
  });

  it.each(['o:::=main', 'o:::b390', 'o:::e', 'k:0'])(
    'no reader makes the bot change it with a forged press %s',
    async (data) => {
      await subscribe(channel.id);
      await rig.client.request('sendMessage', {
        chat_id: channel.id,
        text: 'Điểm tin',
        reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: data }]] },
      });
      expect(await press(await api.nextMessage(channel), 'x')).toContain('too old');
      expect((await of(channel.id)).cron).toBe('0 7 * * *');
    },
  );

  it('is not set by a press in a group, where others would see it', async () => {
    const group = api.world.addSupergroup({ owner, bot: 'administrator' });
    await subscribe(channel.id);
    await rig.client.request('sendMessage', {
      chat_id: group.id,
      text: 'x',
      reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: `o:${channel.id.toString(36)}::e` }]] },
    });
    expect(await press(await api.nextMessage(group), 'x', owner)).toContain('too old');
    expect(await of(channel.id)).toMatchObject({ nextAt: expect.any(Number) as number });
  });
});

describe('/chats', () => {
  it('offers to add the bot where there is none', async () => {
    const post = await answerTo('/chats');
    expect(post.text).toContain('The bot is in no channel or group of which you are an admin.');
    expect(post.buttons.map(({ url }) => url)).toEqual([
      'https://t.me/diemtin_bot?startchannel&admin=post_messages',
      'https://t.me/diemtin_bot?startgroup',
    ]);
  });

  it('lists what Telegram confirms, and opens it', async () => {
    const channel = api.world.addChannel({ owner: anne, title: 'Tin nóng' });
    await subscribe(channel.id);
    const other = api.world.addChannel({ title: 'Của người khác' });
    channel.setBot('administrator', { rights: 'all', by: anne });
    other.setBot('administrator', { rights: 'all' });
    const group = api.world.addSupergroup({ title: 'Tin làng' });
    group.setMember(anne, 'administrator', { rights: 'all' });
    group.setBot('member');
    await api.settled();
    await api.nextMessage(anne);
    // An admin once, and no more.
    await rig.services.chats.rememberAdmins(other.id, [anne.id], 0);
    const post = await answerTo('/chats');
    expect(
      post.buttons
        .slice(0, -2)
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['👥 Tin làng', '📢 Tin nóng 🔔']);
    await presses(post, '📢 Tin nóng 🔔');
    expect(post.text).toContain('Digest of Tin nóng');
    await presses(post, '📢 Channels and groups');
    expect(post.text).toContain('Choose one to change its settings');
    expect(await rig.services.chats.administered(anne.id, 10)).toHaveLength(2);
  });

  it('asks Telegram anew after some minutes', async () => {
    const channel = api.world.addChannel({ owner: anne, title: 'Tin nóng' });
    channel.setBot('administrator', { rights: 'all', by: anne });
    await api.nextMessage(anne);
    const asked = (): number => api.ledger.of('getChatMember', channel.id).length;
    await answerTo('/chats');
    const once = asked();
    await answerTo('/chats');
    expect(asked()).toBe(once);
    const { now } = rig.services;
    rig.services.now = () => now() + 4 * 60_000;
    await answerTo('/chats');
    expect(asked()).toBe(once + 1);
  });

  it('turns its pages, and is silent in groups', async () => {
    for (let n = 0; n < 10; n++) {
      const channel = api.world.addChannel({ owner: anne, title: `Kênh ${n}` });
      channel.setBot('administrator', { rights: 'all', by: anne });
      await api.nextMessage(anne);
    }
    const post = await answerTo('/chats');
    expect(post.buttons.filter(({ text }) => text.startsWith('📢'))).toHaveLength(8);
    await presses(post, 'Next ▶️');
    expect(post.buttons.filter(({ text }) => text.startsWith('📢'))).toHaveLength(2);
    const group = api.world.addSupergroup({ owner: anne, bot: 'administrator' });
    anne.sends(group, '/chats');
    anne.sends(group, '/status');
    expect((await api.nextMessage(group)).text).toContain('Status');
    expect(api.messages(group)).toHaveLength(1);
  });
});

describe('whoever adds the bot', () => {
  it('to a channel gets its settings in private, and subscribes it there', async () => {
    const channel = api.world.addChannel({ owner: anne, title: 'Tin <nóng>' });
    channel.setBot('administrator', { rights: 'all', by: anne });
    const greeting = await api.nextMessage(anne);
    expect(greeting.text).toContain('The bot is now in Tin <nóng>.');
    await presses(greeting, '06:30', '📅 Days', 'Mon–Fri');
    expect((await of(channel.id)).cron).toBe('30 6 * * 1-5');
    expect(api.messages(channel)).toEqual([]);
  });

  it('to a channel without the right to post is told, and greeted when it has it', async () => {
    const channel = api.world.addChannel({ owner: anne, title: 'Tin nóng' });
    channel.setBot('administrator', { by: anne });
    const told = await api.nextMessage(anne);
    expect(told.text).toContain('@diemtin_bot cannot post in Tin nóng yet');
    expect(told.buttons).toEqual([]);
    channel.setBot('administrator', { rights: 'all', by: anne });
    expect((await api.nextMessage(anne)).text).toContain('The bot is now in Tin nóng.');
  });

  it('to a group gets its settings in private; the group hears nothing', async () => {
    const group = api.world.addSupergroup({ owner: anne, title: 'Tin làng' });
    group.setBot('member', { by: anne });
    expect((await api.nextMessage(anne)).text).toContain('The bot is now in Tin làng.');
    group.setBot('administrator', { rights: 'all', by: anne });
    await api.settled();
    expect(api.messages(anne)).toHaveLength(1);
    expect(api.messages(group)).toEqual([]);
  });

  it('and never wrote to it cannot be written to, which is no error', async () => {
    const stranger = api.world.addUser({ languageCode: 'vi' });
    const channel = api.world.addChannel({ owner: stranger });
    channel.setBot('administrator', { rights: 'all', by: stranger });
    await api.waitFor(() => api.ledger.of('sendMessage', stranger.id).at(0));
    expect(api.messages(stranger)).toEqual([]);
    // The list has it when they come.
    stranger.says('/chats');
    expect((await api.nextMessage(stranger)).buttons[0]?.text).toContain('channel');
  });

  it('again sees that its digest goes on', async () => {
    const channel = api.world.addChannel({ owner: anne, title: 'Tin nóng' });
    channel.setBot('administrator', { rights: 'all', by: anne });
    await presses(await api.nextMessage(anne), '06:30');
    channel.setBot('left', { by: anne });
    await api.settled();
    expect(await rig.room.store.find(channel.id, 0)).toBeNull();
    channel.setBot('administrator', { rights: 'all', by: anne });
    const again = await api.nextMessage(anne, ({ text }) => text.includes('is now in'));
    expect(again.text).toContain('It comes every day at 06:30');
    expect((await of(channel.id)).nextAt).toBe(rig.services.now() + 23 * HOUR + HOUR / 2);
  });
});

describe('a day with nothing new', () => {
  it('is silent, or brings a line, as the chat chooses', async () => {
    const post = await opened();
    await presses(post, '🔢 Length', 'One line');
    expect((await of(anne.id)).tellsQuietDay).toBe(true);
    expect(post.text).toContain('One line when there is nothing new.');
    await presses(post, '🔢 Length', 'Silence');
    expect((await of(anne.id)).tellsQuietDay).toBe(false);
    expect(post.text).not.toContain('nothing new');
  });
});
