// When a session was recorded, by the clock of the agent that answers: what a replay tells as its own time.
import type { RecordedAnswer } from "../../../../server/src/catalog/recordingFormat.ts";

/** Times in answers that were over when the agent said them. */
const pastTimes = /"(?:started_at|finished_at|last_success|last_error)"\s*:\s*"([^"]+)"/g;

/**
 * Milliseconds since 1970 at which the session began by the agent's clock: by the dates of its answers, or in sessions
 * that keep none by the newest time that they call past; undefined where nothing tells.
 */
export function beganAt(answers: readonly RecordedAnswer[]): number | undefined {
  // A date says whole seconds, a run was over a while ago, an answer takes its time: the latest is nearest the truth.
  return latest(answers, ({ headers }) => [headers.Date ?? ""]) ?? latest(answers, timesIn);
}

const timesIn = ({ answer = "" }: RecordedAnswer): string[] =>
  [...answer.matchAll(pastTimes)].map(([, time = ""]) => time);

function latest(
  answers: readonly RecordedAnswer[],
  times: (answer: RecordedAnswer) => readonly string[],
): number | undefined {
  let began: number | undefined;
  for (const answer of answers)
    for (const time of times(answer)) {
      const at = Date.parse(time);
      // Go's zero and Unix' zero stand for "never".
      if (at > 0 && !(began !== undefined && at - answer.at_s * 1000 <= began)) began = at - answer.at_s * 1000;
    }
  return began;
}
