/** What a command sees of the world outside: where it writes, and whether the user has had enough. */
export interface Terminal {
  /** Results. */
  readonly out: (text: string) => void;
  /** Messages. */
  readonly err: (text: string) => void;
  /** Whether messages are coloured. */
  readonly coloured: boolean;
  /** Where progress is drawn; absent where nobody watches. */
  readonly progress?: NodeJS.WritableStream;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
  /** Whether internal errors show their stack (`OXSPICE_DEBUG=1`). */
  readonly debug: boolean;
  /** What identifies the program's code; absent where it runs from its source: nothing is kept then. */
  readonly build?: string;
}

/** The process's own streams and signals. */
export function processTerminal(build?: string): Terminal {
  const { env, stdout, stderr } = process;
  // A reader that goes away (`oxspice … | head`) is no error.
  stdout.on('error', (problem: NodeJS.ErrnoException) => {
    if (problem.code === 'EPIPE') process.exit();
    throw problem;
  });
  const watched = stderr.isTTY && env.TERM !== 'dumb';
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    coloured: !env.NO_COLOR && (watched || Boolean(env.FORCE_COLOR)),
    ...(watched ? { progress: stderr } : {}),
    interrupted: interruption(),
    debug: env.OXSPICE_DEBUG === '1',
    ...(build === undefined ? {} : { build }),
  };
}

/** The first Ctrl-C asks the run to end in good order; the second one ends the process. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
  });
  return controller.signal;
}
