/** A passphrase from whoever starts the bot: typed in a terminal without being shown, else the first line of its input. */

/** Nobody types longer than this; a start that waits for ever would look like a bot that runs. */
const PATIENCE_MS = 5 * 60_000;
const ENTER = /[\r\n]/;
const [CTRL_C, CTRL_D, BACKSPACE, DELETE] = ['\u0003', '\u0004', '\u0008', '\u007F'];

/** Undefined: nothing was typed, or not in time. */
export async function askPassphrase(prompt: string): Promise<string | undefined> {
  const { stdin, stderr } = process;
  const isTerminal = stdin.isTTY;
  stderr.write(isTerminal ? prompt : '');
  if (isTerminal) stdin.setRawMode(true);
  stdin.setEncoding('utf8').resume();
  try {
    return (await firstLine(isTerminal)) || undefined;
  } finally {
    if (isTerminal) stdin.setRawMode(false);
    stdin.pause();
    stderr.write(isTerminal ? '\n' : '');
  }
}

/** Whether the one word typed is a yes, in any of the bot's languages. */
export async function askYes(question: string): Promise<boolean> {
  process.stderr.write(question);
  process.stdin.setEncoding('utf8').resume();
  try {
    return /^(yes|y|да|так)$/iu.test((await firstLine(false)).trim());
  } finally {
    process.stdin.pause();
  }
}

function firstLine(isTerminal: boolean): Promise<string> {
  const { stdin } = process;
  const { promise, resolve } = Promise.withResolvers<string>();
  let line = '';
  const timer = setTimeout(() => resolve(''), PATIENCE_MS);
  const onData = (text: string) => {
    for (const letter of text) {
      if (ENTER.test(letter)) return resolve(line);
      if (!isTerminal) line += letter;
      else if (letter === CTRL_C || letter === CTRL_D) return resolve('');
      else line = letter === BACKSPACE || letter === DELETE ? line.slice(0, -1) : line + letter;
    }
  };
  const onEnd = () => resolve(line);
  stdin.on('data', onData).once('end', onEnd);
  return promise.finally(() => {
    clearTimeout(timer);
    stdin.off('data', onData).off('end', onEnd);
  });
}
