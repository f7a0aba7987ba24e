import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {advanceTime, freezeTime, mockDate} from "@odoo/hoot-mock";
import {Pace} from "@audiomania_alerts/pace/pace.esm";

describe.current.tags("headless");

const SHORTEST = 1000;
const LONGEST = 5000;

beforeEach(freezeTime);

test("the first request need not wait, the next one has a pause", async () => {
    const pace = new Pace(SHORTEST, LONGEST);
    expect(pace.rest).toBe(0);
    pace.begin();
    await advanceTime(300);
    pace.end();
    expect(pace.rest).toBe(SHORTEST);
    await advanceTime(SHORTEST);
    expect(pace.rest).toBe(0);
});

test("while much goes on pauses grow, up to the longest", async () => {
    const pace = new Pace(SHORTEST, LONGEST);
    const pauses = [];
    for (let number = 0; number < 8; number++) {
        pace.begin();
        pauses.push(pace.rest);
        await advanceTime(pace.rest);
    }
    expect(pauses[0]).toBe(SHORTEST);
    expect(pauses[1]).toBe(SHORTEST * 1.5);
    expect(pauses.at(-1)).toBe(LONGEST);
});

test("after a while of calm the pause is short again", async () => {
    const pace = new Pace(SHORTEST, LONGEST);
    for (let number = 0; number < 8; number++) {
        pace.begin();
    }
    await advanceTime(2 * LONGEST);
    pace.begin();
    expect(pace.rest).toBe(SHORTEST);
});

test("a clock that is put back holds nothing up", () => {
    const pace = new Pace(SHORTEST, LONGEST);
    mockDate("2025-03-03 10:00:00");
    pace.begin();
    mockDate("2025-03-03 09:00:00");
    expect(pace.rest).toBe(SHORTEST);
});
