// Why an entry is refused: a sentence, while the cursor says where. Never thrown.

export type Refusal = { readonly refused: true; readonly message: string };

export function refuse(message: string): Refusal {
  return { refused: true, message };
}

export function isRefusal(value: object): value is Refusal {
  return "refused" in value;
}
