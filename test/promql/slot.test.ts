// What may be written at the place marked | of half-typed text.
import { describe, expect, test } from "vitest";
import { type Slot, slotAt } from "../../server/src/promql/syntax/slot.ts";

function slot(marked: string): { slot: Slot; text: string } {
  const at = marked.indexOf("|");
  const text = marked.slice(0, at) + marked.slice(at + 1);
  return { slot: slotAt(text, at), text };
}

/** A slot in a few words: kind, details, and the text that a completion replaces. */
function words(marked: string): string {
  const { slot: found, text } = slot(marked);
  const replaced = JSON.stringify(text.slice(found.range.start, found.range.end));
  return [found.kind, ...details(found), found.quoted ? "quoted" : "", replaced]
    .filter((word) => word !== "")
    .join(" ");
}

function details(found: Slot): string[] {
  switch (found.kind) {
    case "operand":
      return [
        found.argument ? `${found.argument.name}#${found.argument.index}` : "",
        found.afterOperator ? "after operator" : "",
      ];
    case "operator":
      return [found.ofAggregation ? "of aggregation" : ""];
    case "label":
      return [found.where, found.metric, ...found.used.map((label) => `-${label}`)];
    case "matcher":
      return [found.label];
    case "value":
      return [`${found.metric}.${found.label}${found.op}`];
    case "duration":
      return [found.where];
    case "text":
      return [`${found.argument.name}#${found.argument.index}`];
    case "open":
      return [found.what];
    default:
      return [];
  }
}

describe("slotAt", () => {
  test.each([
    ["|", 'operand ""'],
    ["ra|te", 'operand "rate"'],
    ["rate(|", 'operand rate#0 ""'],
    ["rate(fo|o)", 'operand rate#0 "foo"'],
    ["topk(5, |)", 'operand topk#1 ""'],
    ["clamp(rate(x[5m]), |", 'operand clamp#1 ""'],
    ["(a + |", 'operand after operator ""'],
    ["a and o|", 'operand after operator "o"'],
    ["a > bool |", 'operand after operator ""'],
    ["a * on(x) group_left |", 'open ( ""'],
    ["a * on(x) |", 'operand after operator ""'],
    ["-|", 'operand ""'],
    ["foo |", 'operator ""'],
    ["foo[5m] |", 'operator ""'],
    ['foo{a="b"} |', 'operator ""'],
    ["sum(x) |", 'operator of aggregation ""'],
    ["sum(rate(x[5m])) b|", 'operator of aggregation "b"'],
    ["sum |", 'operator of aggregation ""'],
    ["sum by |", 'open ( ""'],
    ["sum by (a) |", 'open ( ""'],
    ["sum by (a) (|", 'operand sum#0 ""'],
    ["foo{|", 'label matcher foo ""'],
    ["foo{jo|b}", 'label matcher foo "job"'],
    ['foo{a="b",|', 'label matcher foo -a ""'],
    ['{__name__="foo",|', 'label matcher foo -__name__ ""'],
    ['{"|', 'label matcher quoted ""'],
    ["foo{a |", 'matcher a ""'],
    ["foo{a=|", 'value foo.a= ""'],
    ['foo{a=~"b|c"}', 'value foo.a=~ quoted "bc"'],
    ["foo{a!='|", 'value foo.a!= quoted ""'],
    ['foo{a="b" |', 'open , ""'],
    ["sum by (a, |) (x)", 'label by -a ""'],
    ["sum(x) without (|", 'label without ""'],
    ["a and on(|", 'label on ""'],
    ["a * ignoring(b, c|", 'label ignoring -b "c"'],
    ["a * on(x) group_left(|", 'label group_left ""'],
    ["foo[|", 'duration range ""'],
    ["foo[5|m]", 'duration range "5m"'],
    ["foo[1h:|", 'duration step ""'],
    ["foo offset |", 'duration offset ""'],
    ["foo @ |", 'timestamp ""'],
    ['label_replace(x, "|', 'text label_replace#1 quoted ""'],
    ["a # note |", 'none ""'],
    ["a + # note\n|", 'operand after operator ""'],
  ])("%s", (marked, wanted) => {
    expect(words(marked)).toBe(wanted);
  });

  test("tells where the aggregation, the operator or the selector begins", () => {
    const owner = (marked: string): string => {
      const { slot: found, text } = slot(marked);
      return "owner" in found ? text.slice(found.owner) : "";
    };
    expect(owner("1 + sum(x) by (|)")).toBe("sum(x) by ()");
    expect(owner("1 + sum by (|) (x)")).toBe("sum by () (x)");
    expect(owner("a / on(|) b")).toBe("/ on() b");
    expect(owner("1 + foo{|}")).toBe("foo{}");
    expect(owner("1 + {|}")).toBe("{}");
  });
});
