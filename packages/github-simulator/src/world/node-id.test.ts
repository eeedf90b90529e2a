import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { NODE_TYPES, decodeNodeId, encodeNodeId, type NodeRef, type NodeType } from "./node-id.ts";

const SHA = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

// As GitHub gives them: octocat, octocat/Hello-World, a commit and a ref of it.
test.each<[ref: NodeRef, now: string, before: string]>([
  [{ type: "User", scope: 0, id: 1 }, "U_kgAB", "MDQ6VXNlcjE="],
  [{ type: "User", scope: 0, id: 583231 }, "U_kgDOAAjmPw", "MDQ6VXNlcjU4MzIzMQ=="],
  [{ type: "Repository", scope: 0, id: 1296269 }, "R_kgDOABPHjQ", "MDEwOlJlcG9zaXRvcnkxMjk2MjY5"],
  [{ type: "Commit", scope: 1296269, id: SHA }, "C_kwDOABPHjdoAKDZkY2IwOWI1YjU3ODc1ZjMzNGY2MWFlYmVkNjk1ZTJlNDE5M2RiNWU", "MDY6Q29tbWl0MTI5NjI2OTo2ZGNiMDliNWI1Nzg3NWYzMzRmNjFhZWJlZDY5NWUyZTQxOTNkYjVl"],
  [{ type: "Ref", scope: 1296269, id: "refs/heads/featureA" }, "REF_kwDOABPHjbNyZWZzL2hlYWRzL2ZlYXR1cmVB", "MDM6UmVmMTI5NjI2OTpyZWZzL2hlYWRzL2ZlYXR1cmVB"],
])("%j", (ref, now, before) => {
  expect([encodeNodeId(ref, "new"), encodeNodeId(ref, "old")]).toEqual([now, before]);
  expect([decodeNodeId(now), decodeNodeId(before)?.id]).toEqual([ref, ref.id]);
});

const types = fc.constantFrom(...(Object.keys(NODE_TYPES) as NodeType[]));
const ids = fc.oneof(fc.nat(), fc.maxSafeNat());

test("what was encoded in the new format is decoded to the same", () => {
  fc.assert(fc.property(types, ids, fc.oneof(ids, fc.stringMatching(/^[a-z][\w/-]{0,300}$/)), (type, scope, id) => {
    expect(decodeNodeId(encodeNodeId({ type, scope, id }, "new"))).toEqual({ type, scope, id });
  }));
});

test("the old format loses at most the scope", () => {
  fc.assert(fc.property(types, ids, ids, (type, scope, number) => {
    const id = type === "Commit" || type === "Ref" ? `${number}` : number;
    const decoded = decodeNodeId(encodeNodeId({ type, scope, id }, "old"));
    expect(decoded).toEqual({ type, scope: decoded?.scope === 0 ? 0 : scope, id });
  }));
});

test("what is none is not decoded", () => {
  for (const text of ["", "_", "U_", "X_kgAB", "U_kgAB=", "u_kgAB", "MDQ6VXNlcjE", "MDU6VXNlcjE=", "U_kwAB", "R_kgDOABPHjQAA", "hello"]) expect(decodeNodeId(text)).toBeUndefined();
  fc.assert(fc.property(fc.string(), (text) => void decodeNodeId(text)));
});
