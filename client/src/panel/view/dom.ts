// Makes elements. Text always goes in as text, never as markup.

type Attributes = Readonly<Record<string, string | boolean | number | undefined>>;

/** An element with attributes (`true` sets an empty one, `false` and undefined none), a test id and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  made.append(...children);
  return made;
}

/** A button that calls back; its label is what is read out. */
export function button(label: string, pressed: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", pressed);
  return made;
}

/** Sets a text only where it differs: a live region must not speak what has not changed. */
export function setText(target: HTMLElement, text: string): void {
  const only = target.childNodes.length === 1 ? target.firstChild : null;
  if (only instanceof Text) {
    if (only.data !== text) only.data = text;
  } else if (target.textContent !== text) target.textContent = text;
}

/** As `setText`, with what stands between back quotes set as code. */
export function setProse(target: HTMLElement, text: string): void {
  if (target.dataset.prose === text) return;
  target.dataset.prose = text;
  const parts = text.split("`");
  target.replaceChildren(...parts.map((part, index) => (index % 2 === 1 ? element("code", {}, part) : part)));
}
