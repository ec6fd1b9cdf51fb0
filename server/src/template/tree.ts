// The tree of a Go template as it stands in a label or an annotation. Data only; knows neither functions nor values.
import type { Range } from "../ranges.ts";
import type { Token } from "./tokens.ts";

/** A template parsed whole. All offsets are UTF-16 units of `text`. */
export type Tree = {
  readonly text: string;
  readonly root: List;
  /** Bodies of `define` and `block` in the order in which they end; each sees only `.` and `$` of its caller. */
  readonly definitions: readonly Definition[];
  readonly comments: readonly Range[];
};

/** What Go's parser says, without the `template: NAME:LINE: ` before it. */
export type ParseError = Range & {
  readonly message: string;
  /** Line that Go reports, from 1: the one of the token that was read last. */
  readonly line: number;
  /** Line on which the action began, where Go adds it: a lexical error on a later line. */
  readonly actionLine?: number;
  /** The token that does not belong there or could not be read, and the line on which it begins. */
  readonly token?: Token;
  readonly tokenLine?: number;
  /** For a name that nothing defines: the name, and those that could stand there, for a "did you mean". */
  readonly unknown?: {
    readonly what: "function" | "variable";
    readonly name: string;
    readonly known: readonly string[];
  };
};

export type ParseResult = {
  readonly tree: Tree;
  /** In the order found. The first is the one that Go reports; the rest come from reading on at the next action. */
  readonly errors: readonly ParseError[];
};

export type Definition = Range & {
  readonly kind: "definition";
  readonly word: "define" | "block";
  readonly name: string;
  readonly nameRange: Range;
  readonly list: List;
};

export type List = Range & { readonly kind: "list"; readonly nodes: readonly Node[] };

export type Node = Text | Action | Branch | TemplateCall | Jump;

/** Plain text, blanks already trimmed where a `{{-` or `-}}` stands beside it. */
export type Text = Range & { readonly kind: "text"; readonly text: string };

/** `{{ pipe }}`, braces included in the range. */
export type Action = Range & { readonly kind: "action"; readonly pipe: Pipe };

/** From the braces of `{{ if …}}` to those of `{{ end }}`. `else if` is an `else` list that holds one branch. */
export type Branch = Range & {
  readonly kind: "if" | "with" | "range";
  readonly pipe: Pipe;
  readonly list: List;
  readonly elseList: List | undefined;
};

/** `{{ template "name" pipe }}`, and the call that a `block` leaves at its place. */
export type TemplateCall = Range & {
  readonly kind: "template";
  readonly name: string;
  readonly nameRange: Range;
  readonly pipe: Pipe | undefined;
};

export type Jump = Range & { readonly kind: "break" | "continue" };

export type Pipe = Range & {
  readonly kind: "pipe";
  /** With its parentheses, where it has any. */
  readonly outer: Range;
  /** `$x :=`, `$x =`, or up to two for `range`. */
  readonly declarations: readonly Variable[];
  /** Whether the declarations are `=` (assignment) rather than `:=`. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
};

/** A function or value with its arguments, `args[0]` the function itself. */
export type Command = Range & { readonly kind: "command"; readonly args: readonly Operand[] };

export type Operand =
  | Identifier
  | Field
  | Variable
  | Chain
  | Dot
  | Nil
  | BooleanLiteral
  | NumberLiteral
  | StringLiteral
  | Pipe;

export type Identifier = Range & { readonly kind: "identifier"; readonly name: string };

/** A name behind a dot: `.name`, the dot in the range. */
export type Link = Range & { readonly name: string };

/** `.A.B`. `at` is the offset that Go reports for it: the second link where there is one. */
export type Field = Range & { readonly kind: "field"; readonly links: readonly Link[]; readonly at: number };

/** `$x.A.B`; `name` has its `$`. `at` is the first link where there is one. */
export type Variable = Range & {
  readonly kind: "variable";
  readonly name: string;
  readonly nameRange: Range;
  readonly links: readonly Link[];
  readonly at: number;
};

/** `(pipe).A` or `function.A`. */
export type Chain = Range & {
  readonly kind: "chain";
  readonly operand: Operand;
  readonly links: readonly Link[];
  readonly at: number;
};

export type Dot = Range & { readonly kind: "dot" };
export type Nil = Range & { readonly kind: "nil" };
export type BooleanLiteral = Range & { readonly kind: "boolean"; readonly value: boolean };

/** A constant holds every number type that can represent it; the place where it is used picks one. */
export type NumberLiteral = Range & {
  readonly kind: "number";
  readonly source: string;
  readonly int: bigint | undefined;
  readonly uint: bigint | undefined;
  readonly float: number | undefined;
  readonly complex: { readonly re: number; readonly im: number } | undefined;
};

/** A quoted or raw string; `value` is decoded, bytes that are no UTF-8 as in `go/bytes.ts`. */
export type StringLiteral = Range & { readonly kind: "string"; readonly source: string; readonly value: string };
