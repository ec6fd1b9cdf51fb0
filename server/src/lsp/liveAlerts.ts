// Joins the open rule files with the link: what their alerts would do on the samples that come in. Knows no view.
import { plainGroups } from "../language/plainRules.ts";
import type { AlertWatch } from "../live/alerts/alertWatch.ts";
import type { GroupSpec } from "../live/alerts/rules.ts";
import type { Link } from "../live/link.ts";
import type { Session } from "./session.ts";

/** Groups that leave their interval to the server's configuration are evaluated this often, ms. */
const defaultInterval = 5000;

export class LiveAlerts {
  readonly #session: Session;
  #watch: AlertWatch | undefined;
  #link: Link | undefined;
  readonly #specs = new WeakMap<object, GroupSpec>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Evaluates on this link from now on; `history` is how long it keeps samples, ms. */
  async follow(link: Link, history: number): Promise<void> {
    this.stop();
    this.#link = link;
    // Loaded when used, as the link itself.
    const [{ AlertWatch }, { realClock }] = await Promise.all([
      import("../live/alerts/alertWatch.ts"),
      import("../live/sources/realClock.ts"),
    ]);
    if (this.#link !== link) return;
    this.#watch = new AlertWatch({
      clock: realClock,
      samples: link,
      history,
      groups: () => this.#groups(),
      options: () => ({ semantics: this.#session.context.prometheusVersion.startsWith("2.") ? 2 : 3 }),
      show: (groups) => link.showRuleAlerts(groups),
    });
  }

  stop(): void {
    this.#watch?.close();
    this.#watch = undefined;
    this.#link = undefined;
  }

  /** The same objects until a file changes, so that nothing is begun anew. */
  #groups(): GroupSpec[] {
    return [...this.#session.documents.all()].flatMap((document) =>
      plainGroups(document).map((group) => {
        const before = this.#specs.get(group);
        if (before) return before;
        const spec = { ...group, interval: group.interval ?? defaultInterval };
        this.#specs.set(group, spec);
        return spec;
      }),
    );
  }
}
