// What a check is, what it is given, and what the workspace around a file says. Holds no check.
import type { Edit } from "../edits.ts";
import type { Range } from "../ranges.ts";
import type { Document } from "./document.ts";
import type { Finding, Fix, Severity } from "./finding.ts";
import type { Kind } from "./kind.ts";
import type { Rule, RuleGroup } from "./ruleFile.ts";
import type { Suppression } from "./suppressions.ts";
import type { Trait } from "./traits.ts";
import type { Workspace } from "./workspace.ts";

/** Versions and levels that files are checked against, whatever other files say. */
export type CheckSettings = {
  /** A version of the catalogue, for example `4.1.2`. */
  readonly dkronVersion: string;
  /** Major and minor, for example `3.14`. */
  readonly prometheusVersion: string;
  /** Systems whose extra fields rule files may have: `thanos`, `mimir`. */
  readonly dialects: readonly string[];
  /** Levels that the user set, by check, or by `group/*` for all of a group. */
  readonly levels: Readonly<Record<string, Severity | "off">>;
};

/** All that files are checked against; a new object whenever any of it changes. */
export type CheckContext = CheckSettings & { readonly workspace: Workspace };

/** Whether what is found without a look at other files is the same. */
export function sameSettings(a: CheckSettings, b: CheckSettings): boolean {
  if (a === b) return true;
  return (
    a.dkronVersion === b.dkronVersion &&
    a.prometheusVersion === b.prometheusVersion &&
    (a.dialects === b.dialects || a.dialects.join() === b.dialects.join()) &&
    (a.levels === b.levels || JSON.stringify(a.levels) === JSON.stringify(b.levels))
  );
}

/** What a check says of one place; the dispatcher adds the check's code and level. */
export type Report = {
  readonly range: Range;
  readonly message: string;
  readonly fixes?: readonly Fix[];
  /** Only where a check has findings of several levels; otherwise the check's own. */
  readonly severity?: Severity;
  readonly related?: Finding["related"];
  readonly tag?: Finding["tag"];
};

type CheckBase = {
  /** `group/name`; the page is server/docs/rules/<id>.md. */
  readonly id: string;
  /** Level unless the user says otherwise; `off` for checks that people must ask for. */
  readonly level: Severity | "off";
  /** What it looks for, in one sentence, for `--list-checks`. */
  readonly title: string;
};

/** Looks at one file as a whole. */
export type FileCheck = CheckBase & {
  readonly kinds: readonly Kind[];
  readonly check: (document: Document, context: CheckContext) => Iterable<Report>;
};

/** A rule under examination. */
export type Examined = { readonly rule: Rule; readonly group: RuleGroup; readonly context: CheckContext };

/** Takes what a check of rules has to say: nearly always nothing, which must cost nothing. */
export type Reporter = (report: Report) => void;

/**
 * Looks at one rule of a rule file. It may read the rule, its group's interval and labels and the context, and nothing else
 * of the file: what it says is kept until one of them changes. Of the workspace it may read what each prometheus.yml says
 * of scrapes and evaluations, and what recording rules make under the names that the rule's own expressions use.
 */
export type RuleCheck = CheckBase & {
  /** Without one of these in a rule there is nothing to find, and it is not run. */
  readonly needs?: readonly Trait[];
  readonly check: (of: Examined, report: Reporter) => void;
};

/** Looks at the comments that turn checks off, when it is known what they turned off. */
export type CommentCheck = CheckBase & {
  readonly check: (document: Document, suppressed: Suppressed) => Iterable<Report>;
};

/** The comments of a file, those of them that turned something off, and the ids of all checks, and of those that ran. */
export type Suppressed = {
  readonly suppressions: readonly Suppression[];
  readonly used: ReadonlySet<Suppression>;
  readonly all: readonly string[];
  readonly ran: readonly string[];
};

/** A fix of one edit. */
export function fix(title: string, edit: Edit, safe = true): Fix {
  return { title, edits: [edit], safe };
}
