/** The damage of src/damage.test.ts to an organisation of 200 repositories, and what its repair takes. `OCTALLY_DAMAGE_PULL_REQUESTS`: of how many. */
import { test } from "@jest/globals";
import { makeMirror } from "../mirror.ts";
import { expectMended } from "./expect-mended.ts";

const PULL_REQUESTS = Number(process.env["OCTALLY_DAMAGE_PULL_REQUESTS"] ?? 4000);

test("200 repositories: 1 % lost, 1 % old, 0.5 % made up", async () => {
  await expectMended(makeMirror({ repositories: 200, pullRequests: PULL_REQUESTS, seed: 7 }));
}, 1_800_000);
