import { expect, test } from "@jest/globals";
import { encodeNodeId } from "@octally/github-simulator/world/node-id";
import { numberInNodeId } from "./node-id-number.ts";

test.each([0, 5, 127, 128, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 3])("the number %d", (id) => {
  expect(numberInNodeId(encodeNodeId({ type: "DeploymentStatus", scope: 742, id }, "new"), "DES", 742)).toBe(id);
});

test("as GitHub writes it", () => {
  // [0, 1296269, 17]
  expect(numberInNodeId("DES_kwDOABPHjRE", "DES", 1296269)).toBe(17);
});

test.each([
  ["another repository's", "DES_kwDOABPHjRE", 1296270],
  ["another type's", "DE_kwDOABPHjRE", 1296269],
  ["the old form", "MDE2OkRlcGxveW1lbnRTdGF0dXM1", 1296269],
  ["cut off", "DES_kwDOABPH", 1296269],
  ["longer", "DES_kwDOABPHjRER", 1296269],
  ["of another version", "DES_kwHOABPHjRE", 1296269],
  ["of two parts", "DES_kgDOABPHjQ", 1296269],
  ["a name", "DES_kwDOABPHjaFh", 1296269],
  ["empty", "DES_", 1296269],
])("none where it is %s", (_, nodeId, repository) => {
  expect(numberInNodeId(nodeId, "DES", repository)).toBeUndefined();
});
