/** The damage of damage.test.ts to a smaller organisation in a real OpenSearch. `OCTALLY_REAL_DAMAGE=40x400`: repositories and pull requests. */
import { expect, test } from "@jest/globals";
import { playDamage } from "../damage-story.ts";
import { makeMirror } from "../mirror.ts";
import { openRealMirrorStore } from "../real-mirror-store.ts";

const [repositories = 40, pullRequests = 400] = (process.env["OCTALLY_REAL_DAMAGE"] ?? "").split("x").filter((text) => text !== "").map(Number);

test("on a real OpenSearch: 1 % lost, 1 % old, 0.5 % made up", async () => {
  const { storeOf, close } = await openRealMirrorStore("damage");
  try {
    const mirror = makeMirror({ repositories, pullRequests, seed: 7, storeOf });
    const { documents, damage, countable, shown, openByCounts, open, wrong, touched, spent } = await playDamage(mirror, { lost: 0.01, aged: 0.01, invented: 0.005 });
    process.stderr.write(`${JSON.stringify({ documents, lost: damage.lost.length, aged: damage.aged.length, invented: damage.invented.length, differing: countable.length, ...spent })}\n`);
    expect([damage.lost.length, damage.aged.length, damage.invented.length].every((many) => many > 10)).toBe(true);
    expect(shown).toEqual(countable);
    expect(openByCounts).toEqual([]);
    expect(open).toEqual([]);
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(touched.slice(0, 20)).toEqual([]);
    expect(mirror.simulated.violations()).toBe(0);
  } finally {
    await close();
  }
}, 1_200_000);
