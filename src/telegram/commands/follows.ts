/**
 * /follows, and every button about follows. Everybody may read what a chat follows; a press that changes something asks
 * Telegram about the person.
 */
import { MAX_FOLLOWS, type Follow } from '../../follows/follow.ts';
import { readFollow } from '../../follows/reading.ts';
import type { TelegramClient } from '../client.ts';
import type { FollowQuestion, FollowsPress } from '../followsData.ts';
import { mayManage } from '../members.ts';
import type { Services } from '../services.ts';
import type { Talk } from '../talk.ts';
import { checkTarget, shownAs, type Managed, type Shown } from '../target.ts';
import { channelFollowsView, followAskView, followsView, followView } from '../views/followViews.ts';
import { html } from '../views/html.ts';
import { view, type View } from '../views/view.ts';
import { considered, keepFollow, recallFollow } from './following.ts';
import { chooseTarget } from './subscribing.ts';

export async function followsCommand(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  args: string,
): Promise<void> {
  const { place, speaker, t } = talk;
  if (args !== '' && place.chat.type === 'private') {
    const found = await chooseTarget(services, client, talk, args, 'change');
    if (found === null) return;
    return talk.answer(await listPage(services, talk, shownAs(found.place, true)));
  }
  const here = shownAs(place, false);
  const follows = await services.follows.list(place.chat.id, place.threadId);
  if (place.chat.type === 'channel') {
    return talk.answer(channelFollowsView({ t, ...here }, follows, place.chat.id, services.bot.username));
  }
  const may = await mayManage(client, place.chat, speaker);
  await talk.answer(followsView({ t, ...here }, follows, may));
}

async function listPage(services: Services, { t }: Talk, shown: Shown): Promise<View> {
  const { chat, threadId } = shown.place;
  return followsView({ t, ...shown }, await services.follows.list(chat.id, threadId));
}

export async function pressFollows(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  press: FollowsPress,
): Promise<void> {
  const { t } = talk;
  const check = await checkTarget(services, client, talk, press.target);
  if (!check.ok) {
    talk.toast = check.why;
    return;
  }
  const { managed } = check;
  const { chat, threadId } = managed.place;
  const { follows } = services;
  const gone = (): void => {
    talk.toast = t.follows.gone;
  };
  switch (press.do) {
    case 'follows':
      return talk.replace(await listPage(services, talk, managed));
    case 'follow': {
      const found = await one(services, managed, press.id);
      return found === null ? gone() : talk.replace(followView({ t, ...managed }, found));
    }
    case 'consider':
    case 'keep': {
      const reading = await recallFollow(services, press.token);
      if (reading === null) {
        talk.toast = t.expired;
        return;
      }
      return talk.replace(
        press.do === 'consider'
          ? await considered(services, talk, managed, { ok: true, reading })
          : await keepFollow(services, talk, managed, { text: reading.text, mode: press.mode }),
      );
    }
    case 'mode': {
      await follows.setMode(chat.id, threadId, press.id, press.mode);
      const found = await one(services, managed, press.id);
      return found === null ? gone() : talk.replace(followView({ t, ...managed }, found));
    }
    case 'unfollow': {
      const found = await one(services, managed, press.id);
      if (found === null || !(await follows.remove(chat.id, threadId, press.id))) return gone();
      talk.toast = null;
      return talk.replace(await listPage(services, talk, managed));
    }
    case 'askFollow': {
      const found = press.id === null ? null : await one(services, managed, press.id);
      if (press.id !== null && found === null) return gone();
      return talk.answer(askFor(services, talk, managed, found, null));
    }
  }
}

async function one(services: Services, { place }: Managed, id: number): Promise<Follow | null> {
  const all = await services.follows.list(place.chat.id, place.threadId);
  return all.find((follow) => follow.id === id) ?? null;
}

/** A query in reply to the question for one. */
export async function answerFollow(
  services: Services,
  client: TelegramClient,
  talk: Talk,
  asked: FollowQuestion,
  typed: string,
): Promise<void> {
  const { t } = talk;
  const check = await checkTarget(services, client, talk, asked);
  if (!check.ok) return talk.answer(view(html`${check.why}`));
  const { managed } = check;
  const { chat, threadId } = managed.place;
  const old = asked.followId === null ? null : await one(services, managed, asked.followId);
  if (asked.followId !== null && old === null) return talk.answer(view(html`${t.follows.gone}`));
  const { settings } = services;
  const read = readFollow(typed, { now: services.now(), zone: settings.timezone });
  if (!read.ok) return talk.answer(askFor(services, talk, managed, old, t.follows.problem[read.why]));
  if (old === null) {
    const all = await services.follows.list(chat.id, threadId);
    if (all.length >= MAX_FOLLOWS) return talk.answer(view(html`${t.follows.tooMany(MAX_FOLLOWS)}`));
    return talk.answer(await considered(services, talk, managed, read));
  }
  await services.follows.rewrite(chat.id, threadId, old.id, read.reading.text, services.now());
  await talk.answer(await listPage(services, talk, managed));
}

function askFor(
  services: Services,
  { t, place, speaker }: Talk,
  managed: Managed,
  follow: Follow | null,
  mistake: string | null,
): View {
  const { chat, threadId } = managed.place;
  const isPrivate = place.chat.type === 'private';
  const { userId: id, firstName: name } = speaker;
  // An admin who is anonymous in the group is not to be named by the bot.
  const person = isPrivate || !managed.isNamed || id === null || name === null ? null : { id, name };
  const bot = services.bot.username;
  return followAskView({ t, chatId: chat.id, threadId, follow, bot, person, isPrivate, mistake });
}
