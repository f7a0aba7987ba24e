/**
 * How often is often enough: what happens now and then is shown at once; the more that
 * goes on, the longer the pauses between two requests, so that screens of many
 * employees leave the server its work.
 */
export class Pace {
    /**
     * @param {Number} shortest milliseconds between two requests
     * @param {Number} longest milliseconds, however much goes on
     */
    constructor(shortest, longest) {
        Object.assign(this, {shortest, longest, pause: shortest, last: -Infinity});
    }

    /**
     * How many milliseconds are left until the next request may begin: a pause at the
     * most, also when the clock was put back.
     */
    get rest() {
        const left = this.last + this.pause - Date.now();
        return Math.min(Math.max(0, left), this.pause);
    }

    /** One begins; it follows the last one closely when much goes on. */
    begin() {
        const isBusy = Date.now() - this.last < 2 * this.pause;
        this.pause = isBusy ? Math.min(this.pause * 1.5, this.longest) : this.shortest;
        this.last = Date.now();
    }

    /** It has ended: the pause counts from now on. */
    end() {
        this.last = Date.now();
    }
}
