import { expect, test } from "@jest/globals";
import * as z from "zod";
import { parseConfig } from "./config.ts";
import { ConfigError } from "./errors.ts";

const schema = z.object({ NAME: z.string("the name."), PORT: z.coerce.number("must be a number.").int("must be whole.").default(80), HOST: z.string().optional() });

test("a complete environment is parsed; what is not asked for is dropped", () => {
  expect(parseConfig(schema, { NAME: "n", PORT: "8080", PATH: "/bin" })).toEqual({ NAME: "n", PORT: 8080 });
});

test("an empty variable is an unset one", () => {
  expect(parseConfig(schema, { NAME: "n", PORT: "", HOST: undefined })).toEqual({ NAME: "n", PORT: 80 });
});

test("every wrong variable is named, one a line, and no value is repeated", () => {
  const parse = () => parseConfig(schema, { NAME: "", PORT: "1.5" });
  expect(parse).toThrow(ConfigError);
  expect(parse).toThrow("The configuration is not complete or not valid:\n  NAME is not set: the name.\n  PORT: must be whole.");
});
