/** How a part of the counter says what it answers. */
import type { MiddlewareFn } from 'grammy';
import type { Press } from './buttons.ts';
import type { OperatorCommand, ReaderCommand } from './commands.ts';
import type { Counter } from './context.ts';

type Answer<P extends Press = Press> = (ctx: Counter, press: P) => Promise<void>;

/** Handlers of a part for typed commands and pressed buttons. */
export interface Part {
  readonly commands?: Partial<
    Record<ReaderCommand | OperatorCommand, (ctx: Counter, words: string) => Promise<void>>
  >;
  readonly presses?: { readonly [On in Press['on']]?: Answer<Extract<Press, { on: On }>> };
}

/** A part as grammY takes it; whatever it does not answer goes on to the next one. */
export const answering =
  (part: Part): MiddlewareFn<Counter> =>
  async (ctx, next) => {
    const { command, press } = ctx.here;
    const commands: Partial<Record<string, (ctx: Counter, words: string) => Promise<void>>> =
      part.commands ?? {};
    const onCommand = command && Object.hasOwn(commands, command.name) ? commands[command.name] : undefined;
    if (command && onCommand) return onCommand(ctx, command.argument);
    // The table pairs each kind of press with its own handler, which the compiler cannot follow through the lookup.
    const onPress = press && (part.presses?.[press.on] as Answer | undefined);
    if (press && onPress) return onPress(ctx, press);
    await next();
  };
