/** A passphrase from whoever starts the bot: typed in a terminal without being shown, else the first line of its input. */

/** Nobody types longer than this; a start that waits for ever would look like a bot that runs. */
const PATIENCE_MS = 5 * 60_000;
const ENTER = /[\r\n]/;
const [CTRL_C, CTRL_D, BACKSPACE, DELETE] = ['\u0003', '\u0004', '\u0008', '\u007F'];

/** Undefined: nothing was typed, or not in time. */
export async function askPassphrase(prompt: string): Promise<string | undefined> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) return (await firstLine(false)) || undefined;
  stderr.write(prompt);
  stdin.setRawMode(true);
  try {
    return (await firstLine(true)) || undefined;
  } finally {
    stdin.setRawMode(false);
    stderr.write('\n');
  }
}

/** Whether the one word typed is a yes, in any of the bot's languages. */
export async function askYes(question: string): Promise<boolean> {
  process.stderr.write(question);
  return /^(yes|y|да|так)$/iu.test((await firstLine(false)).trim());
}

/** @param isRaw the terminal shows and edits nothing by itself. */
function firstLine(isRaw: boolean): Promise<string> {
  const stdin = process.stdin.setEncoding('utf8').resume();
  const { promise, resolve } = Promise.withResolvers<string>();
  let line = '';
  const timer = setTimeout(() => resolve(''), PATIENCE_MS);
  const onData = (text: string) => {
    for (const letter of text) {
      if (ENTER.test(letter)) return resolve(line);
      if (!isRaw) line += letter;
      else if (letter === CTRL_C || letter === CTRL_D) return resolve('');
      else line = letter === BACKSPACE || letter === DELETE ? line.slice(0, -1) : line + letter;
    }
  };
  const onEnd = () => resolve(line);
  stdin.on('data', onData).once('end', onEnd);
  return promise.finally(() => {
    clearTimeout(timer);
    stdin.off('data', onData).off('end', onEnd).pause();
  });
}
