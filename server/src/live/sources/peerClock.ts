// How far another machine's clock is ahead of ours, as far as the dates of its answers tell. Knows no HTTP but that header.

/** A date says whole seconds, and an answer takes its time: less than this, ms, is no difference. */
const leastSkew = 2000;

const second = 1000;

export class PeerClock {
  #ahead = 0;

  /** ms that the other clock is ahead; negative: behind. */
  get ahead(): number {
    return Math.abs(this.#ahead) < leastSkew ? 0 : this.#ahead;
  }

  /** `date`: as in the header of an answer that was asked for and came at these times of ours, ms. */
  hear(date: string, asked: number, answered: number): void {
    const said = Date.parse(date);
    if (Number.isNaN(said)) return;
    // It was said within its second, after we asked and before the answer came.
    const least = said - answered;
    const most = said + second - asked;
    // What is still possible stays, so that times do not tremble from answer to answer.
    if (this.#ahead >= least && this.#ahead <= most) return;
    this.#ahead = least <= 0 && most >= 0 ? 0 : Math.round((least + most) / 2);
  }
}
