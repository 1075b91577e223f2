/** Decides to whom the bot answers: people in their own chat, administrators in a group, nobody aloud in a channel. */
import type { MiddlewareFn, NextFunction } from 'grammy';
import { seemsManager } from '../desk/chats/permission.ts';
import { beginWork, gateOf } from '../desk/serve.ts';
import { LIMITS } from '../limits.ts';
import { isPlace } from '../news/subscriber.ts';
import { answerPress, askerOf, line, say, takeAway, writerOf } from './answer.ts';
import { CHANNEL_COMMANDS, isKnownCommand } from './commands.ts';
import type { Counter } from './context.ts';
import { createPesterGuard, type PesterGuard } from './pester.ts';

/** Recent requests of people, each kind by itself. */
export const createGuards = () => ({
  commands: createPesterGuard(LIMITS.commands),
  presses: createPesterGuard(LIMITS.presses),
  inline: createPesterGuard(LIMITS.inline),
});

type Guards = ReturnType<typeof createGuards>;

/**
 * Whether the sender of a message, or the presser of a button, administers the chat of the update. Telegram is asked each
 * time, for rights go as they came; only that somebody has none is believed for a while. An anonymous administrator writes
 * in the name of the group itself; a linked channel's post, which comes in the name of the channel, is nobody's command.
 */
async function isAdministrator(ctx: Counter): Promise<boolean> {
  const { chat, desk } = ctx.here;
  const inTheNameOf = ctx.callbackQuery ? undefined : ctx.message?.sender_chat;
  if (inTheNameOf) return inTheNameOf.id === chat.id;
  if (!ctx.from) return false;
  return seemsManager(desk, ctx.from.id, chat);
}

/**
 * Works on a request when it is its turn. False: it is left undone, because too many wait, or other strangers came before this one and
 * wait in line.
 */
async function inOrder(ctx: Counter, work: () => Promise<void>, asker = askerOf(ctx)): Promise<boolean> {
  const { desk } = ctx.here;
  const gate = gateOf(asker);
  const isNew = ctx.chat?.type === 'private' && !asker.reads && !asker.patient;
  const isBehind = isNew && desk.memory.gates[gate].line.size > 0;
  const end = isBehind ? undefined : await beginWork(desk, asker);
  if (!end) {
    desk.memory.turnedAway.set(ctx.update, gate);
    return false;
  }
  ctx.here.patient = true;
  try {
    if (!ctx.here.isTooLateFor(ctx.here.chat)) await work();
  } finally {
    end();
  }
  return true;
}

/** Lets through what is to be answered; says once to a chat or an account that floods us that it is too much. */
export function permit(guards: Guards): MiddlewareFn<Counter> {
  const { commands, inline } = guards;
  return async (ctx, next) => {
    const { chat, command, desk, locale } = ctx.here;
    const now = desk.clock.ticks();
    const { bites } = desk.telegram.pace;
    const answer = () => {
      ctx.here.permitted = true;
      return next();
    };
    const tooMuch = () => {
      desk.status.flooded.inc();
      bites.bite('commands');
    };
    if (ctx.inlineQuery) {
      if (inline.count(`${ctx.inlineQuery.from.id}`, now) !== 'answer') bites.bite('inline');
      else await inOrder(ctx, answer);
      return;
    }
    if (ctx.channelPost) return permitPost(ctx, commands, answer);
    if (!ctx.message) return answer();
    if (ctx.message.via_bot?.id === ctx.me.id || command?.to === 'other') return;
    const place = isPlace(chat);
    const asks = command !== undefined && (command.to === 'us' || isKnownCommand(command.name));
    // Other messages of a group are ignored; its service messages tell of its life.
    if (place && !asks) return ctx.message.text === undefined ? answer() : undefined;
    const permitted = async () => !place || (await isAdministrator(ctx));
    // A wish to be forgotten waits for nobody.
    if (command?.name === 'forget') return (await permitted()) ? answer() : undefined;
    // Of a group's members only administrators count for the group, or anybody could silence them; the others are asked
    // about no more often than one person may write. What has waited in line was counted before.
    const own = ctx.here.patient ? 'answer' : commands.count(`${writerOf(ctx)}`, now);
    if (own === 'ignore') return place ? undefined : tooMuch();
    await inOrder(ctx, async () => {
      if (!(await permitted())) return;
      // All topics of a forum are one chat to Telegram's limits.
      const all = place ? commands.count(`of all ${chat.id}`, now) : 'answer';
      if (own === 'answer' && all === 'answer') return answer();
      tooMuch();
      if (all !== 'ignore') await say(ctx, line(locale.html('flood')));
    });
  };
}

/**
 * A channel shows nothing but news: a command posted there is obeyed in silence and removed, where the bot may. More of them
 * than anybody needs are left alone.
 */
async function permitPost(ctx: Counter, commands: PesterGuard, next: NextFunction): Promise<void> {
  const { chat, command, desk } = ctx.here;
  const post = ctx.channelPost;
  if (!post || !command || command.to === 'other' || !isKnownCommand(command.name)) return;
  if (command.name !== 'forget' && commands.count(`${chat.id}`, desk.clock.ticks()) !== 'answer')
    return desk.telegram.pace.bites.bite('commands');
  if (CHANNEL_COMMANDS.has(command.name)) await next();
  await takeAway(ctx, post.message_id);
}

/** Lets through presses that are ours and of whom may press; every press is answered, the others by a toast. */
export const permitPress =
  (guards: Guards): MiddlewareFn<Counter> =>
  async (ctx, next) => {
    if (!ctx.callbackQuery) return next();
    const { chat, desk, press, locale } = ctx.here;
    // A reader who wishes to be forgotten has not pressed too much; what has waited in line was counted before.
    if (
      press?.on !== 'forget' &&
      !ctx.here.patient &&
      guards.presses.count(`${ctx.callbackQuery.from.id}`, desk.clock.ticks()) !== 'answer'
    ) {
      desk.telegram.pace.bites.bite('presses');
      return answerPress(ctx);
    }
    const { message } = ctx.callbackQuery;
    // Of a message that Telegram no longer shows us nobody knows in which topic it stood.
    const lost = !message || (isPlace(chat) && message.date === 0);
    if (!press || lost) return answerPress(ctx, locale.text('toast-stale'));
    // Anybody who sees a story may open it. The rest of a place's buttons belong to its administrators; a press may be
    // forged, so it counts for nothing that a channel never shows such a button.
    const harmless = press.on === 'read' || press.on === 'close' || press.on === 'show';
    const work = async () => {
      if (isPlace(chat) && !harmless && (chat.kind === 'channel' || !(await isAdministrator(ctx))))
        return answerPress(ctx, locale.text('toast-foreign'));
      await next();
      await answerPress(ctx);
    };
    if (press.on === 'forget') return work();
    const menu = `${chat.id} ${message.message_id} ${ctx.callbackQuery.from.id}`;
    const asker = { ...askerOf(ctx), ...(harmless ? {} : { name: menu }) };
    if (!(await inOrder(ctx, work, asker))) await answerPress(ctx);
  };
