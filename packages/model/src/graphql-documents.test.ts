/** What is asked of GraphQL is in GitHub's published schema, and costs what packages/model/README.md says. */
import { expect, test } from "@jest/globals";
import { allDocuments } from "../test/documents.ts";
import { costOf, mistakesIn } from "../test/github-schema.ts";

const documents = allDocuments();

test("every document is valid", () => {
  expect([...documents.values()].flatMap(({ document }) => mistakesIn(document.text).map((mistake) => `${document.name}: ${mistake}`))).toEqual([]);
});

test("every list is asked for its end", () => {
  const cut = [...documents.values()].filter(({ document: { text } }) => {
    const lists = text.match(/\((?:first: (?:\d+|\$first))/g) ?? [];
    return (text.match(/pageInfo \{ hasNextPage endCursor \}/g) ?? []).length !== lists.length;
  });
  expect(cut).toEqual([]);
});

test("the points of each document, and how many it gives", () => {
  const points = [...documents.values()].map(({ document, first, ids }) => [document.name, `${first ?? ids}: ${costOf(document.text, { ...(first === undefined ? {} : { first }), ...(ids === undefined ? {} : { ids }) })}`]);
  expect(Object.fromEntries(points)).toEqual(POINTS);
});

const POINTS = {
  "changed pull-request": "40: 2",
  "changed pull-request ids": "1: 1",
  "changed pull-request review pull-request-commit": "40: 2",
  "changed pull-request review pull-request-commit ids": "1: 1",
  "counts organization": "1: 1",
  "counts repository": "50: 2",
  "inventory commit": "100: 1",
  "inventory issue": "100: 1",
  "inventory pull-request": "100: 1",
  "inventory pull-request keys pull-request-commit": "100: 1",
  "inventory pull-request keys pull-request-commit ids": "1: 1",
  "inventory pull-request keys review": "100: 1",
  "inventory pull-request keys review ids": "1: 1",
  "list pull-request": "40: 2",
  "list pull-request ids": "1: 1",
  "list pull-request keys pull-request-commit": "50: 1",
  "list pull-request keys pull-request-commit ids": "1: 1",
  "list pull-request keys review": "50: 1",
  "list pull-request keys review ids": "1: 1",
  "list pull-request keys review-thread": "25: 2",
  "list pull-request keys review-thread ids": "1: 1",
  "list pull-request review pull-request-commit": "40: 2",
  "list pull-request review pull-request-commit ids": "1: 1",
  "nodes issue-comment": "100: 1",
  "nodes pull-request": "40: 2",
  "nodes pull-request keys pull-request-commit": "50: 1",
  "nodes pull-request keys review": "50: 1",
  "nodes pull-request keys review-thread": "25: 2",
  "nodes pull-request-commit": "100: 1",
  "nodes review": "100: 1",
  "nodes review-comment": "100: 1",
  "nodes review-thread": "100: 1",
  "rest pull-request assignees": "100: 1",
  "rest pull-request commits": "100: 1",
  "rest pull-request commits keys": "100: 1",
  "rest pull-request labels": "100: 1",
  "rest pull-request reviewRequests": "100: 1",
  "rest pull-request reviewThreads": "100: 1",
  "rest pull-request reviews": "100: 1",
  "rest pull-request reviews keys": "100: 1",
};
