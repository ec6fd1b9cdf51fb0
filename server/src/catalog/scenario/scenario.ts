// What a scenario is once read: steps, each at a time, each doing one thing to the cluster. It must not know what
// a step does.

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

/** Whom a scenario is about, where it is not to be who its file says. */
export type Aim = { readonly job?: string; readonly node?: string };

/** The scenario with another job or node in all steps that have one. */
export function aimed(scenario: Scenario, { job, node }: Aim): Scenario {
  const steps = scenario.steps.map((step) => ({
    ...step,
    ...(job !== undefined && step.job !== undefined ? { job } : {}),
    ...(node !== undefined && step.node !== undefined ? { node } : {}),
  }));
  return { ...scenario, steps };
}
