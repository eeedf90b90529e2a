/** What is asked of GraphQL is in GitHub's published schema, and costs what packages/model/README.md says. */
import { expect, test } from "@jest/globals";
import { checkDocument, type CheckedDocument } from "../../github/test/check-document.ts";
import { allDocuments, kindOf, listingsOf, type Asked } from "../test/documents.ts";
import { listDocument } from "./graphql-documents.ts";
import { kinds } from "./registry.ts";
import { isNoWay, type GraphqlListing } from "./sources.ts";

const documents = [...allDocuments().values()];
const checked = new Map(documents.map((asked) => [asked.document.name, check(asked)]));

function check({ document, first, ids }: Asked): CheckedDocument {
  return checkDocument(document.text, { variables: { first: first ?? 1, ids: Array.from({ length: ids ?? 0 }, (_, index) => String(index)) } });
}

test("every document is valid, is asked for its end and its price, and is not too large", () => {
  expect([...checked].flatMap(([name, { problems }]) => problems.map((problem) => `${name}: ${problem}`))).toEqual([]);
});

test("a page may not hold so much that GitHub gives up", () => {
  // GitHub ends after ten seconds; what it bears is not published. Ten thousand small nodes are far below its own limit of 500,000.
  const heavy = [...checked].filter(([, { nodes }]) => nodes > 10_000).map(([name, { nodes }]) => `${name}: ${nodes}`);
  expect(heavy).toEqual([]);
});

test("the points of each document, and how many it gives", () => {
  expect(Object.fromEntries(documents.map(({ document: { name }, first, ids }) => [name, `${[ids, first].filter((many) => many !== undefined).join(" x ")}: ${checked.get(name)?.cost}`]))).toEqual(POINTS);
});

test("100 pull requests with 2 reviews, 3 comments on the diff, 3 in the conversation and 3 commits each: 8.5 requests and 5 points", () => {
  const whole = listDocument(kinds, pullRequest, byGraphql, { whole: true, children: byGraphql.with });
  const { cost } = checkDocument(whole.document.text, { variables: { first: whole.pageSize } });
  expect([whole.pageSize, cost]).toEqual([40, 2]);
  // REST gives 100 comments a page.
  expect(100 / whole.pageSize + 300 / 100 + 300 / 100).toBe(8.5);
  expect((100 / whole.pageSize) * cost).toBe(5);
  // None of the workload's lists needs a second page.
  const { graphql } = pullRequest.sources;
  const sizes = isNoWay(graphql) ? {} : Object.fromEntries(graphql.children.map(({ kind, first }) => [kind, first]));
  expect(sizes).toMatchObject({ review: 50, "pull-request-commit": 50 });
});

const pullRequest = kindOf("pull-request");
const [byGraphql] = listingsOf(pullRequest).filter((listing) => listing.by === "graphql") as [GraphqlListing];

/** How many at once (of how many repositories): how many points. */
const POINTS = {
  "changed discussion": "25: 1",
  "changed discussion discussion-comment": "25: 3",
  "changed discussion discussion-comment ids": "1: 1",
  "changed discussion ids": "1: 1",
  "changed project": "20: 1",
  "changed project ids": "1: 1",
  "changed project project-item": "20: 1",
  "changed project project-item ids": "1: 1",
  "changed pull-request": "40: 2",
  "changed pull-request ids": "1: 1",
  "changed pull-request review pull-request-commit": "40: 2",
  "changed pull-request review pull-request-commit ids": "1: 1",
  "changed star": "100: 1",
  "counts organization": "1: 1",
  "counts repository": "50: 8",
  "inventory commit": "100: 1",
  "inventory commit-comment": "100: 1",
  "inventory deployment": "100: 1",
  "inventory deployment keys deployment-status": "100: 1",
  "inventory discussion": "100: 1",
  "inventory discussion keys discussion-comment": "25: 3",
  "inventory fork": "100: 1",
  "inventory issue": "100: 1",
  "inventory project": "100: 1",
  "inventory project keys project-item": "20: 1",
  "inventory pull-request": "100: 1",
  "inventory pull-request keys pull-request-commit": "100: 1",
  "inventory pull-request keys review": "100: 1",
  "inventory pull-request-files": "100: 1",
  "inventory release": "100: 1",
  "inventory team": "100: 1",
  "inventory team keys team-member": "99: 1",
  "inventory team keys team-repository": "99: 1",
  "latest": "100: 3",
  "list branch": "100: 1",
  "list branch ids": "1: 1",
  "list collaborator": "100: 1",
  "list commit keys check-run": "100: 1",
  "list commit keys check-run status": "100: 1",
  "list commit keys status": "100: 1",
  "list commit-comment": "100: 1",
  "list commit-comment ids": "1: 1",
  "list deployment keys deployment-status": "100: 1",
  "list discussion": "25: 1",
  "list discussion discussion-comment": "25: 3",
  "list discussion discussion-comment ids": "1: 1",
  "list discussion ids": "1: 1",
  "list discussion keys discussion-comment": "25: 3",
  "list fork": "100: 1",
  "list fork ids": "1: 1",
  "list issue keys timeline-event": "50: 1",
  "list label": "100: 1",
  "list label ids": "1: 1",
  "list member": "100: 1",
  "list project": "20: 1",
  "list project ids": "1: 1",
  "list project keys project-item": "20: 1",
  "list project project-item": "20: 1",
  "list project project-item ids": "1: 1",
  "list pull-request": "40: 2",
  "list pull-request ids": "1: 1",
  "list pull-request keys pull-request-commit": "50: 1",
  "list pull-request keys review": "50: 1",
  "list pull-request keys review-thread": "25: 2",
  "list pull-request keys timeline-event": "50: 1",
  "list pull-request review pull-request-commit": "40: 2",
  "list pull-request review pull-request-commit ids": "1: 1",
  "list pull-request-files": "50: 1",
  "list pull-request-files ids": "1: 1",
  "list repository-snapshot": "50: 4",
  "list repository-snapshot ids": "1: 1",
  "list star": "100: 1",
  "list tag": "100: 1",
  "list tag ids": "1: 1",
  "list team": "49: 1",
  "list team ids": "1: 1",
  "list team keys team-member": "99: 1",
  "list team keys team-repository": "99: 1",
  "list team team-member team-repository": "49: 1",
  "list team team-member team-repository ids": "1: 1",
  "list watcher": "100: 1",
  "names pull-request": "50: 1",
  "nodes check-run": "100: 1",
  "nodes commit keys check-run": "100: 1",
  "nodes commit keys check-run status": "100: 1",
  "nodes commit keys status": "100: 1",
  "nodes commit-comment": "100: 1",
  "nodes deployment keys deployment-status": "100: 1",
  "nodes discussion": "100: 1",
  "nodes discussion keys discussion-comment": "25: 3",
  "nodes discussion-comment": "100: 1",
  "nodes fork": "100: 1",
  "nodes issue keys timeline-event": "50: 1",
  "nodes issue-comment": "100: 1",
  "nodes project": "100: 1",
  "nodes project keys project-item": "20: 1",
  "nodes project-item": "100: 1",
  "nodes pull-request": "40: 2",
  "nodes pull-request keys pull-request-commit": "50: 1",
  "nodes pull-request keys review": "50: 1",
  "nodes pull-request keys review-thread": "25: 2",
  "nodes pull-request keys timeline-event": "50: 1",
  "nodes pull-request-files": "50: 1",
  "nodes repository-snapshot": "50: 4",
  "nodes review": "100: 1",
  "nodes review-comment": "100: 1",
  "nodes review-thread": "100: 1",
  "nodes team": "100: 1",
  "nodes team keys team-member": "99: 1",
  "nodes team keys team-repository": "99: 1",
  "nodes workflow-run keys check-run": "100: 1",
  "rest commit contexts": "100: 1",
  "rest deployment statuses": "100: 1",
  "rest deployment statuses keys": "100: 1",
  "rest discussion comments": "100: 1",
  "rest discussion comments keys": "100: 1",
  "rest discussion labels": "100: 1",
  "rest discussion-comment replies": "100: 1",
  "rest discussion-comment replies keys": "100: 1",
  "rest issue timelineItems": "100: 1",
  "rest names pull-request commits": "100: 1",
  "rest names pull-request timelineItems": "100: 1",
  "rest project items": "100: 1",
  "rest project items keys": "100: 1",
  "rest pull-request assignees": "100: 1",
  "rest pull-request commits": "100: 1",
  "rest pull-request commits keys": "100: 1",
  "rest pull-request labels": "100: 1",
  "rest pull-request reviewRequests": "100: 1",
  "rest pull-request reviewThreads": "100: 1",
  "rest pull-request reviews": "100: 1",
  "rest pull-request reviews keys": "100: 1",
  "rest pull-request timelineItems": "100: 1",
  "rest pull-request-files files": "100: 1",
  "rest several branch": "100: 1",
  "rest several collaborator": "100: 1",
  "rest several commit keys check-run status": "100: 1",
  "rest several commit keys status": "100: 1",
  "rest several commit-comment": "100: 1",
  "rest several deployment keys deployment-status": "100: 1",
  "rest several discussion discussion-comment": "25: 3",
  "rest several discussion keys discussion-comment": "25: 3",
  "rest several fork": "100: 1",
  "rest several issue keys timeline-event": "50: 1",
  "rest several label": "100: 1",
  "rest several names pull-request": "50: 1",
  "rest several pull-request keys pull-request-commit": "50: 1",
  "rest several pull-request keys review": "50: 1",
  "rest several pull-request keys review-thread": "25: 2",
  "rest several pull-request keys timeline-event": "50: 1",
  "rest several pull-request review pull-request-commit": "40: 2",
  "rest several pull-request-files": "50: 1",
  "rest several star": "100: 1",
  "rest several tag": "100: 1",
  "rest several watcher": "100: 1",
  "rest team members": "100: 1",
  "rest team members keys": "100: 1",
  "rest team repositories": "100: 1",
  "rest team repositories keys": "100: 1",
  "rest workflow-run checkRuns": "100: 1",
  "several branch": "10 x 50: 1",
  "several collaborator": "10 x 50: 1",
  "several commit keys check-run status": "10 x 10: 1",
  "several commit keys status": "10 x 50: 1",
  "several commit-comment": "10 x 50: 1",
  "several deployment keys deployment-status": "10 x 10: 1",
  "several discussion discussion-comment": "10 x 3: 4",
  "several discussion keys discussion-comment": "10 x 3: 3",
  "several fork": "10 x 50: 1",
  "several issue keys timeline-event": "10 x 5: 1",
  "several label": "10 x 50: 1",
  "several names pull-request": "10 x 5: 1",
  "several pull-request keys pull-request-commit": "10 x 5: 1",
  "several pull-request keys review": "10 x 5: 1",
  "several pull-request keys review-thread": "10 x 3: 3",
  "several pull-request keys timeline-event": "10 x 5: 1",
  "several pull-request review pull-request-commit": "10 x 4: 3",
  "several pull-request-files": "10 x 5: 1",
  "several star": "10 x 50: 1",
  "several tag": "10 x 50: 1",
  "several watcher": "10 x 50: 1",
  "times changed discussion": "100: 1",
  "times changed issue": "100: 1",
  "times changed pull-request": "100: 1",
  "times discussion": "100: 1",
  "times issue": "100: 1",
  "times pull-request": "100: 1",
  "times pull-request-files": "100: 1",
};
