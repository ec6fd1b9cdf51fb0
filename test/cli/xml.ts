// A reader of XML that takes what is well-formed and nothing else: elements, attributes, text. Enough for reports.

export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
};

/** The root element. Throws with the offset where the text is not well-formed. */
export function parseXml(source: string): Element {
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`${what} at ${at}: ${source.slice(at, at + 40)}`);
  };
  const take = (pattern: RegExp, what: string): RegExpExecArray => {
    const sticky = new RegExp(pattern.source, "uy");
    sticky.lastIndex = at;
    const match = sticky.exec(source);
    if (!match) return fail(`no ${what}`);
    at = sticky.lastIndex;
    return match;
  };
  const decoded = (text: string): string => {
    if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) fail("forbidden character");
    return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d+));|&/g, (whole, name?: string, code?: string) => {
      if (code !== undefined) return String.fromCodePoint(Number(code));
      const known: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
      return (name !== undefined ? known[name] : undefined) ?? fail(`bad reference ${whole}`);
    });
  };
  const element = (): Element => {
    const name = take(/<([A-Za-z][\w.-]*)/, "start tag")[1] ?? "";
    const attributes: Record<string, string> = {};
    while (/\s/.test(source.charAt(at)) && !/^\s*\/?>/.test(source.slice(at))) {
      const [, key = "", value = ""] = take(/\s+([A-Za-z][\w.-]*)="([^"<]*)"/, "attribute");
      if (Object.hasOwn(attributes, key)) fail(`attribute ${key} twice`);
      attributes[key] = decoded(value);
    }
    const self: Element = { name, attributes, children: [], text: "" };
    if (take(/\s*(\/?)>/, "end of tag")[1] === "/") return self;
    for (;;) {
      self.text += decoded(take(/[^<]*/, "text")[0]);
      if (source.startsWith("</", at)) break;
      self.children.push(element());
    }
    if (take(/<\/([A-Za-z][\w.-]*)\s*>/, "end tag")[1] !== name) fail(`${name} is not closed`);
    return self;
  };
  take(/<\?xml version="1\.0" encoding="UTF-8"\?>\s*/, "declaration");
  const root = element();
  take(/\s*$/, "end");
  return root;
}
