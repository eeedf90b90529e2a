import { expect, test } from "@jest/globals";
import { documentIn, recorded, seen } from "../../test/recorded.ts";

test("dependabot-alert", () => {
  expect(documentIn("dependabot-alert", "dependabot_alert", recorded("dependabot_alert"))).toEqual({
    number: 1,
    state: "fixed",
    dependency: { package: { ecosystem: "pip", name: "ansible" }, manifest_path: "path/to/requirements.txt", scope: "runtime" },
    security_advisory: {
      ghsa_id: "GHSA-8f4m-hccc-8qph",
      cve_id: "CVE-2021-20191",
      summary: "Insertion of Sensitive Information into Log File in ansible",
      severity: "medium",
      cvss: { score: 5.5 },
    },
    security_vulnerability: { vulnerable_version_range: "< 2.8.19", first_patched_version: { identifier: "2.8.19" } },
    created_at: "2022-06-14T15:21:52Z",
    updated_at: "2022-06-15T13:55:40Z",
    fixed_at: "2022-06-15T13:55:40Z",
    auto_dismissed_at: null,
    dismissed_at: null,
    dismissed_by: null,
    dismissed_reason: null,
    dismissed_comment: null,
    html_url: "https://github.com/octocat/hello-world/security/dependabot/1",
  });
});

test("code-scanning-alert", () => {
  expect(documentIn("code-scanning-alert", "code_scanning_alert", recorded("code_scanning_alert", 1))).toEqual({
    number: 10,
    state: "dismissed",
    rule: {
      id: "ANCHOREVULN_CVE-2020-27218_java-archive_http2-hpack_9.4.27.v20200227",
      description: "CVE-2020-27218 Severity=Medium Package=http2-hpack Version=9.4.27.v20200227",
      severity: "error",
      security_severity_level: null,
      tags: [],
    },
    tool: { name: "Anchore Container Vulnerability Report (T0)", version: null },
    most_recent_instance: {
      ref: "refs/heads/master",
      state: "dismissed",
      commit_sha: "b30b5f3b935825766a22ab1bce14788bf9627f6c",
      location: {
        path: "/usr/local/jetty/lib/http2/http2-hpack-9.4.27.v20200227.jar",
        start_line: 1,
        end_line: 1,
      },
    },
    created_at: "2021-02-11T02:49:18Z",
    fixed_at: null,
    dismissed_at: "2021-02-11T02:59:08Z",
    dismissed_by: { id: 21031067, login: "Codertocat", type: "User" },
    dismissed_reason: "false positive",
    dismissed_comment: null,
    html_url: "https://github.com/Codertocat/Hello-World/security/code-scanning/10",
  });
});

test("security-advisory", () => {
  expect(documentIn("security-advisory", "security_advisory", recorded("security_advisory"))).toEqual({
    published_by: "github",
    ghsa_id: "GHSA-rf4j-j272-fj86",
    cve_id: "CVE-2018-6188",
    summary: "Moderate severity vulnerability that affects django",
    description: "django.contrib.auth.forms.AuthenticationForm in Django 2.0 before 2.0.2, and 1.11.8 and 1.11.9, allows remote attackers to obtain potentially sensitive information by leveraging data exposure from the confirm_login_allowed() method, as demonstrated by discovering whether a user account is inactive.",
    severity: "medium",
    cvss: null,
    cwe_ids: [],
    vulnerabilities: [
      {
        package: { ecosystem: "pip", name: "django" },
        vulnerable_version_range: ">= 1.11.8, < 1.11.10",
        patched_versions: "1.11.10",
      },
      {
        package: { ecosystem: "pip", name: "django" },
        vulnerable_version_range: ">= 2.0.0, < 2.0.2",
        patched_versions: "2.0.2",
      },
    ],
    state: "published",
    published_at: "2018-10-03T21:13:54Z",
    updated_at: "2018-10-03T21:13:54Z",
    closed_at: null,
    withdrawn_at: null,
    html_url: "https://github.com/advisories/GHSA-rf4j-j272-fj86",
  });
});

/** No payload of these was recorded: these follow GitHub's schema (@octokit/openapi-webhooks 12.1.0). */
const person = { login: "octocat", id: 583231, node_id: "MDQ6VXNlcjU4MzIzMQ==", type: "User", site_admin: false };
const secretAlert = {
  number: 42,
  created_at: "2026-11-02T09:14:11Z",
  updated_at: null,
  url: "https://api.github.com/repos/Codertocat/Hello-World/secret-scanning/alerts/42",
  html_url: "https://github.com/Codertocat/Hello-World/security/secret-scanning/42",
  secret: "never to be kept",
  resolution: null,
  resolved_at: null,
  resolved_by: null,
  resolution_comment: null,
  secret_type: "adafruit_io_key",
  secret_type_display_name: "Adafruit IO Key",
  validity: "active",
  push_protection_bypassed: true,
  push_protection_bypassed_by: person,
  push_protection_bypassed_at: "2026-11-02T09:14:00Z",
  publicly_leaked: false,
  multi_repo: null,
};
const { repository } = recorded("label");

test("secret-scanning-alert", () => {
  expect(documentIn("secret-scanning-alert", "secret_scanning_alert", { action: "created", alert: secretAlert, repository })).toEqual({
    number: 42,
    state: "open",
    secret_type: "adafruit_io_key",
    secret_type_display_name: "Adafruit IO Key",
    validity: "active",
    publicly_leaked: false,
    multi_repo: null,
    resolution: null,
    resolution_comment: null,
    resolved_at: null,
    resolved_by: null,
    push_protection_bypassed: true,
    push_protection_bypassed_at: "2026-11-02T09:14:00Z",
    push_protection_bypassed_by: { id: 583231, login: "octocat", type: "User" },
    created_at: "2026-11-02T09:14:11Z",
    // Never touched since.
    updated_at: "2026-11-02T09:14:11Z",
    html_url: "https://github.com/Codertocat/Hello-World/security/secret-scanning/42",
  });
  const resolved = { ...secretAlert, resolution: "revoked", resolved_at: "2026-11-03T10:00:00Z", resolved_by: person, updated_at: "2026-11-03T10:00:00Z" };
  expect(documentIn("secret-scanning-alert", "secret_scanning_alert", { action: "resolved", alert: resolved, repository })).toMatchObject({
    state: "resolved",
    resolution: "revoked",
    updated_at: "2026-11-03T10:00:00Z",
  });
});

test("security-advisory of a repository: another document than GitHub's own of the same GHSA id", () => {
  const payload = {
    action: "published",
    repository,
    repository_advisory: {
      ghsa_id: "GHSA-rf4j-j272-fj86",
      cve_id: null,
      html_url: "https://github.com/Codertocat/Hello-World/security/advisories/GHSA-rf4j-j272-fj86",
      summary: "Greets the wrong world",
      description: "",
      severity: "high",
      author: null,
      publisher: person,
      identifiers: [{ value: "GHSA-rf4j-j272-fj86", type: "GHSA" }],
      state: "published",
      created_at: "2026-11-01T00:00:00Z",
      updated_at: "2026-11-05T00:00:00Z",
      published_at: "2026-11-05T00:00:00Z",
      closed_at: null,
      withdrawn_at: null,
      submission: null,
      vulnerabilities: [
        { package: { ecosystem: "npm", name: "hello-world" }, vulnerable_version_range: "< 2", patched_versions: "2.0.0", vulnerable_functions: ["greet"] },
      ],
      cvss: { vector_string: "CVSS:3.1/AV:N/AC:H/PR:H/UI:R/S:C/C:H/I:H/A:H", score: 7.6 },
      cwes: [{ cwe_id: "CWE-400", name: "Uncontrolled Resource Consumption" }],
      cwe_ids: ["CWE-400"],
      credits: [],
      private_fork: null,
    },
  };
  expect(seen("security-advisory", "repository_advisory", payload)).toMatchObject([
    { id: "repository:GHSA-rf4j-j272-fj86", repository: { id: 186853002, name_with_owner: "Codertocat/Hello-World" } },
  ]);
  expect(seen("security-advisory", "security_advisory", recorded("security_advisory"))).toMatchObject([
    { id: "github:GHSA-rf4j-j272-fj86", repository: null },
  ]);
  expect(documentIn("security-advisory", "repository_advisory", payload)).toEqual({
    published_by: "repository",
    ghsa_id: "GHSA-rf4j-j272-fj86",
    cve_id: null,
    summary: "Greets the wrong world",
    description: null,
    severity: "high",
    cvss: { score: 7.6, vector_string: "CVSS:3.1/AV:N/AC:H/PR:H/UI:R/S:C/C:H/I:H/A:H" },
    cwe_ids: ["CWE-400"],
    vulnerabilities: [{ package: { ecosystem: "npm", name: "hello-world" }, vulnerable_version_range: "< 2", patched_versions: "2.0.0" }],
    state: "published",
    published_at: "2026-11-05T00:00:00Z",
    updated_at: "2026-11-05T00:00:00Z",
    closed_at: null,
    withdrawn_at: null,
    html_url: "https://github.com/Codertocat/Hello-World/security/advisories/GHSA-rf4j-j272-fj86",
  });
});
