/** How a script tells what it does: one line a step, with the seconds it took; a spinner only where someone looks. */
import { spawn } from 'node:child_process';

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const TICK_MS = 120;
/** Without a terminal a long step says now and then that it lives. */
const HEARTBEAT_MS = 15_000;
const TAIL_LINES = 20;

const tty = process.stdout.isTTY === true;
const colour = tty && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
export const dim = (text) => paint(2, text);
export const bold = (text) => paint(1, text);
export const red = (text) => paint(31, text);
export const green = (text) => paint(32, text);

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** A failure with its cause and its cure; scripts print it without a stack. */
export class StepError extends Error {
  constructor(message, cure, output = '') {
    super(message);
    this.name = 'StepError';
    this.cure = cure;
    this.output = output;
  }
}

/** The last lines of what a failing command said. */
function tail(output, lines = TAIL_LINES) {
  const all = output.trimEnd().split('\n');
  return all.slice(-lines).join('\n');
}

/**
 * Runs one step and shows it.
 * @param {string} title what is done, as a sentence without a full stop
 * @param {() => Promise<T>} work
 * @template T
 */
export async function step(title, work) {
  const start = performance.now();
  let frame = 0;
  const show = () => process.stdout.write(`\r${SPINNER[frame++ % SPINNER.length]} ${title} ${dim(seconds(start))}  `);
  const beat = () => console.log(`  still at it: ${title} (${seconds(start)})`);
  if (!tty) console.log(`> ${title}`);
  const timer = setInterval(tty ? show : beat, tty ? TICK_MS : HEARTBEAT_MS);
  const end = (mark) => {
    clearInterval(timer);
    if (tty) process.stdout.write('\r\u001b[K');
    console.log(`${mark} ${title} ${dim(seconds(start))}`);
  };
  try {
    const result = await work();
    end(green('✓'));
    return result;
  } catch (error) {
    end(red('✗'));
    throw error;
  }
}

/**
 * Runs a command quietly.
 * @returns {Promise<{code: number, output: string}>} code 127 when there is no such command; stdout and stderr together
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const chunks = [];
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const finish = (code, extra = '') => resolve({ code, output: Buffer.concat(chunks).toString('utf8') + extra });
    child.on('error', (error) => finish(127, `${error.message}\n`));
    child.on('close', (code, signal) => finish(code ?? 1, signal ? `ended by ${signal}\n` : ''));
  });
}

/** Prints a failure: what, the last lines, the cure. */
export function printFailure(error) {
  const known = error instanceof StepError;
  console.error(`\n${red(bold('Error'))}  ${error.message}`);
  if (known && error.output !== '') console.error(`\n${tail(error.output).replace(/^/gm, '  | ')}`);
  if (known) console.error(`\n${bold('What to do')}  ${error.cure}\n`);
  else console.error(error.stack);
}
