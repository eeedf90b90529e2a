/** The damage of damage.test.ts to a smaller organisation in a real OpenSearch. `OCTALLY_REAL_DAMAGE=40x400`: repositories and pull requests. */
import { expect, test } from "@jest/globals";
import { makeMirror } from "../mirror.ts";
import { openRealMirrorStore } from "../real-mirror-store.ts";
import { expectMended } from "./expect-mended.ts";

const [repositories = 40, pullRequests = 400] = (process.env["OCTALLY_REAL_DAMAGE"] ?? "").split("x").filter((text) => text !== "").map(Number);

test("on a real OpenSearch: 1 % lost, 1 % old, 0.5 % made up", async () => {
  const { storeOf, close } = await openRealMirrorStore("damage");
  try {
    const { lost, aged, invented } = await expectMended(makeMirror({ repositories, pullRequests, seed: 7, storeOf }));
    expect([lost.length, aged.length, invented.length].every((many) => many > 10)).toBe(true);
  } finally {
    await close();
  }
}, 1_200_000);
