// Words that expressions have by the thousand: operators, functions, labels. Knows none of them.
import { ownTexts } from "../../kept.ts";

const mostWords = 1000;

/** The one text that there is for a word. */
export const ownWord = ownTexts(mostWords);
