// prometheus/fails-later: something that is read and cannot work.
import { topicCheck } from "./shared.ts";

export const prometheusFailsLater = topicCheck("fails-later", "warning", "Something that is read and cannot work");
