// What a scenario is once read: steps, each at a time, each doing one thing to the cluster. It holds no logic.

/** What a step can do; server/catalog/emitter/actions.yml says what each means and which fields it has. */
export type ActionName =
  | "fail"
  | "slow"
  | "skip"
  | "run"
  | "kill"
  | "revive"
  | "restart"
  | "leave"
  | "lose-leader"
  | "flap"
  | "gc-pressure"
  | "leak"
  | "gone"
  | "scrape-gap";

/** One thing at `at` milliseconds after the scenario begins, undone after `for` milliseconds where it can be. */
export type Step = {
  readonly at: number;
  readonly do: ActionName;
  readonly for?: number;
  readonly job?: string;
  readonly node?: string;
  /** Share of attempts that fail, 0 to 1. */
  readonly rate?: number;
  readonly factor?: number;
  /** Milliseconds between two turns of what repeats. */
  readonly every?: number;
  readonly bytes?: number;
  readonly goroutines?: number;
};

export type Scenario = {
  readonly name: string;
  /** One sentence. */
  readonly about: string;
  readonly steps: readonly Step[];
  /** Begins again after its last step has ended. */
  readonly repeat?: boolean;
};
