/** What the process returns to the shell; the documentation is generated from this table. */
export const exitCodes = {
  ok: { code: 0, doc: 'everything that was asked for is done' },
  failed: {
    code: 1,
    doc: 'the deck is in error, a file cannot be read or written, or an analysis failed',
  },
  usage: { code: 2, doc: 'the command line is wrong' },
  bug: { code: 70, doc: 'an internal error: a bug in OxSpice' },
  interrupted: {
    code: 130,
    doc: 'interrupted (Ctrl-C); what was computed until then is on disk',
  },
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]['code'];
