// What a verb of the command line is given and answers. Knows no verb.

/** The terminal as a verb sees it; tests give their own. `cwd`: what relative paths are taken from. */
export type Terminal = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly input: AsyncIterable<Buffer | string>;
  readonly cwd: string;
  readonly colours: boolean;
  /** Called when all that the run is about has been read. */
  readonly onRead?: () => void;
};

/** Runs with the arguments behind the verb's name and gives the exit code: 0 clean, 1 findings, 2 could not run. */
export type Verb = (args: string[], terminal: Terminal) => Promise<number>;
