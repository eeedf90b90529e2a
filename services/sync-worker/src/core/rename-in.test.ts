import { expect, test } from "@jest/globals";
import { renameIn } from "./rename-in.ts";

const [from, to] = [{ id: 7, name_with_owner: "octo/hello" }, { id: 7, name_with_owner: "octo/good.bye" }];

test("addresses and the names of the repository itself follow; what only looks like it stays", () => {
  const document = {
    html_url: "https://github.com/octo/hello/issues/1#issuecomment-2",
    body: "see https://github.com/octo/hello/issues/1",
    head: { repo: { id: 7, full_name: "octo/hello" }, html_url: "https://github.com/octo/hello-2/pull/3" },
    fork: { id: 8, full_name: "octo/hello" },
    source: { number: 3, repository: { full_name: "octo/hello" } },
    canonical: { number: 3, repository: { full_name: "octo/hello-2" } },
    answer_html_url: "https://github.com/octo/hello/discussions/1#discussioncomment-2",
    files: [{ html_url: "https://ghe.example.org/Octo/Hello" }],
    nothing: null,
  };
  expect(renameIn(document, from, to)).toEqual({
    html_url: "https://github.com/octo/good.bye/issues/1#issuecomment-2",
    body: "see https://github.com/octo/hello/issues/1",
    head: { repo: { id: 7, full_name: "octo/good.bye" }, html_url: "https://github.com/octo/hello-2/pull/3" },
    fork: { id: 8, full_name: "octo/hello" },
    source: { number: 3, repository: { full_name: "octo/good.bye" } },
    canonical: { number: 3, repository: { full_name: "octo/hello-2" } },
    answer_html_url: "https://github.com/octo/good.bye/discussions/1#discussioncomment-2",
    files: [{ html_url: "https://ghe.example.org/octo/good.bye" }],
    nothing: null,
  });
});
