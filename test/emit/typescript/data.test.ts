/** Data that a generated module holds as JSON text comes out as it went in, whatever it says. */
import { expect, it } from "vitest";
import { printData } from "../../../src/emit/typescript/data.js";
import { data } from "../../../src/runtime/validation.js";

const hostile = ["`", "${process.exit(9)}", "\\`", "\\${x}", "\\", "\\\\u0041", "$", "$${", "</script><!--", "a\u2028b\u2029c", "\u202ex", "\u0000\r\n\t", "\"'", "\ud800", "𝒳"];

function evaluated(source: string): unknown {
  return new Function("data", `return data(${source});`)(data);
}

it.each(hostile)("keeps the text %j as a value and as a key", (text) => {
  const value = { [text]: text, list: [text, { [text]: [-0, 1e21, 0.1, true, null] }], empty: {} };
  for (const levels of [0, 1, 2, 5]) expect(evaluated(printData(value, levels))).toStrictEqual(value);
});

it("keeps a key __proto__ as a key of its own", () => {
  const value = JSON.parse('{"__proto__": {"a": 1}}');
  expect(Object.entries(Object(evaluated(printData(value, 2))))).toEqual([["__proto__", { a: 1 }]]);
});
