/**
 * Which verb writes which value how. The forms are those of Go's fmt (its documentation, and TestSprintf, TestReorder and TestFlagParser of its tests);
 * where JavaScript has a value that Go has not, the table is the specification.
 */
import { describe, expect, it } from "vitest";
import { formatMessage } from "../../../src/runtime/messages/format.js";

class Point {
  readonly x: number;
  readonly y: string;
  constructor(x: number, y: string) {
    this.x = x;
    this.y = y;
  }
}

const values: readonly (readonly [name: string, value: unknown, shown: string])[] = [
  ["string", "ab", "string=ab"],
  ["integer", 42, "int=42"],
  ["float", -1.5, "float64=-1.5"],
  ["bigint", 90n, "bigint=90"],
  ["boolean", true, "bool=true"],
  ["null", null, "<nil>"],
  ["undefined", undefined, "<undefined>"],
  ["Date", new Date(0), "Date=1970-01-01T00:00:00.000Z"],
  ["Error", new TypeError("no"), "TypeError=no"],
  ["bytes", new Uint8Array([104, 105]), ""],
];

/** `✗` is wrong use: `%!verb(type=value)`. Columns as in `values`. */
const table = `
%v  | ab     | 42           | -1.5                  | 90      | true | <nil> | <undefined> | 1970-01-01T00:00:00.000Z         | no             | [104 105]
%+v | ab     | 42           | -1.5                  | 90      | true | <nil> | <undefined> | 1970-01-01T00:00:00.000Z         | TypeError: no  | Uint8Array[104 105]
%#v | "ab"   | 42           | -1.5                  | 90n     | true | null  | undefined   | Date("1970-01-01T00:00:00.000Z") | TypeError("no")| Uint8Array[104, 105]
%T  | string | int          | float64               | bigint  | bool | <nil> | <undefined> | Date                             | TypeError      | Uint8Array
%t  | ✗      | ✗            | ✗                     | ✗       | true | ✗     | ✗           | ✗                                | ✗              | [%!t(int=104) %!t(int=105)]
%s  | ab     | ✗            | ✗                     | ✗       | ✗    | ✗     | ✗           | 1970-01-01T00:00:00.000Z         | no             | hi
%q  | "ab"   | '*'          | ✗                     | 'Z'     | ✗    | ✗     | ✗           | "1970-01-01T00:00:00.000Z"       | "no"           | "hi"
%d  | ✗      | 42           | ✗                     | 90      | ✗    | ✗     | ✗           | ✗                                | ✗              | [104 105]
%b  | ✗      | 101010       | -6755399441055744p-52 | 1011010 | ✗    | ✗     | ✗           | ✗                                | ✗              | [1101000 1101001]
%o  | ✗      | 52           | ✗                     | 132     | ✗    | ✗     | ✗           | ✗                                | ✗              | [150 151]
%O  | ✗      | 0o52         | ✗                     | 0o132   | ✗    | ✗     | ✗           | ✗                                | ✗              | [0o150 0o151]
%x  | 6162   | 2a           | -0x1.8p+00            | 5a      | ✗    | ✗     | ✗           | 313937302d30312d30315430303a30303a30302e3030305a | 6e6f | 6869
%X  | 6162   | 2A           | -0X1.8P+00            | 5A      | ✗    | ✗     | ✗           | 313937302D30312D30315430303A30303A30302E3030305A | 6E6F | 6869
%c  | ✗      | *            | ✗                     | Z       | ✗    | ✗     | ✗           | ✗                                | ✗              | [h i]
%U  | ✗      | U+002A       | ✗                     | U+005A  | ✗    | ✗     | ✗           | ✗                                | ✗              | [U+0068 U+0069]
%e  | ✗      | 4.200000e+01 | -1.500000e+00         | ✗       | ✗    | ✗     | ✗           | ✗                                | ✗              | [1.040000e+02 1.050000e+02]
%E  | ✗      | 4.200000E+01 | -1.500000E+00         | ✗       | ✗    | ✗     | ✗           | ✗                                | ✗              | [1.040000E+02 1.050000E+02]
%f  | ✗      | 42.000000    | -1.500000             | ✗       | ✗    | ✗     | ✗           | ✗                                | ✗              | [104.000000 105.000000]
%F  | ✗      | 42.000000    | -1.500000             | ✗       | ✗    | ✗     | ✗           | ✗                                | ✗              | [104.000000 105.000000]
%g  | ✗      | 42           | -1.5                  | ✗       | ✗    | ✗     | ✗           | ✗                                | ✗              | [104 105]
%G  | ✗      | 42           | -1.5                  | ✗       | ✗    | ✗     | ✗           | ✗                                | ✗              | [104 105]
%p  | ✗      | ✗            | ✗                     | ✗       | ✗    | ✗     | ✗           | ✗                                | ✗              | [%!p(int=104) %!p(int=105)]
%w  | ✗      | ✗            | ✗                     | ✗       | ✗    | ✗     | ✗           | ✗                                | ✗              | [%!w(int=104) %!w(int=105)]
`;

describe("each verb", () => {
  for (const line of table.trim().split("\n")) {
    const [verb = "", ...cells] = line.split("|").map((cell) => cell.trim());
    values.forEach(([name, value, shown], column) => {
      const expected = cells[column] === "✗" ? `%!${verb.at(-1)}(${shown})` : cells[column];
      it(`writes ${name} by ${verb} as ${expected}`, () => {
        expect(formatMessage(verb, [value]).text).toBe(expected);
      });
    });
  }
});

const rows: readonly (readonly [template: string, value: unknown, text: string])[] = [
  // Width, flags and precision of text: code points count.
  ["[%8s]", "naïve", "[   naïve]"], ["[%-8s]", "naïve", "[naïve   ]"], ["[%4s]", "😀", "[   😀]"], ["[%.3s]", "a😀bc", "[a😀b]"], ["[%7.2s]", "abc", "[     ab]"], ["[%07s]", "abc", "[0000abc]"],
  ["[%8t]", false, "[   false]"], ["[%-7v]", null, "[<nil>  ]"], ["[%9T]", 1, "[      int]"],
  ["%.2x", "日本", "e697"], ["% X", "Hi!", "48 69 21"], ["%# x", "Hi!", "0x48 0x69 0x21"], ["%#x", "Hi!", "0x486921"], ["%x", "", ""], ["[%6x]", "ab", "[  6162]"],
  ["%q", 'say "hi"\n', '"say \\"hi\\"\\n"'], ["%#q", "C:\\temp", "`C:\\temp`"], ["%#q", "a`b", '"a`b"'], ["%+q", "naïve 😀", '"na\\u00efve \\U0001f600"'], ["%q", "\u0000\u007f\u200b", '"\\x00\\x7f\\u200b"'], ["[%7q]", "ab", '[   "ab"]'],
  // Integers.
  ["%+d", 42, "+42"], ["% d", 42, " 42"], ["% d", -42, "-42"], ["%06d", -42, "-00042"], ["%-6d|", -42, "-42   |"], ["%-06d|", 42, "42    |"], ["%.5d", 42, "00042"], ["%8.5d", -42, "  -00042"], ["%08.5d", 42, "   00042"], ["[%.0d]", 0, "[]"], ["[%3.0d]", 0, "[   ]"],
  ["%#x", 255, "0xff"], ["%#X", 255, "0XFF"], ["%#b", -5, "-0b101"], ["%#o", 8, "010"], ["%#08x", 255, "0x000000ff"], ["%d", -0, "0"], ["%d", 1e21, "1000000000000000000000"], ["%d", 2 ** 63, "9223372036854775808"], ["%x", 2n ** 64n, "10000000000000000"], ["%d", -(10n ** 30n), "-1000000000000000000000000000000"],
  ["%c", 0x1f600, "😀"], ["%c", -1, "\ufffd"], ["%c", 0xd800, "\ufffd"], ["%c", 0x110000, "\ufffd"], ["%q", 0x27, "'\\''"], ["%+q", 0x1f600, "'\\U0001f600'"], ["%U", 0x1f600, "U+1F600"], ["%#U", 0x1f600, "U+1F600 '😀'"], ["%#U", 7, "U+0007"], ["%.6U", 65, "U+000041"], ["%12U|", 65, "      U+0041|"],
  // Floats.
  ["%.2f", 3.14159, "3.14"], ["%8.3f", 3.14159, "   3.142"], ["%-8.1f|", 3.14159, "3.1     |"], ["%+.1f", 3.14159, "+3.1"], ["%08.2f", -3.14159, "-0003.14"], ["%6.f", 12.7, "    13"], ["%f", 1e21, "1000000000000000000000.000000"], ["%.3f", 1e-7, "0.000"], ["%f", -0, "-0.000000"],
  ["%.0f", 0.5, "0"], ["%.0f", 1.5, "2"], ["%.0f", 2.5, "2"], ["%.1f", 0.25, "0.2"], ["%.1f", 0.75, "0.8"], ["%.2f", 1.005, "1.00"], ["%.20f", 0.1, "0.10000000000000000555"], ["%.1f", 1e22, "10000000000000000000000.0"],
  ["%e", 123456.789, "1.234568e+05"], ["%.0e", 2500, "2e+03"], ["%.0e", 3500, "4e+03"], ["%.2E", 0.00012345, "1.23E-04"], ["%.3e", 9.9996, "1.000e+01"], ["%.20e", 1e23, "9.99999999999999916114e+22"], ["%e", 5e-324, "4.940656e-324"], ["%e", 0, "0.000000e+00"],
  ["%g", 100000, "100000"], ["%g", 1000000, "1e+06"], ["%g", 0.0001, "0.0001"], ["%g", 0.00001, "1e-05"], ["%.3g", 1234.5, "1.23e+03"], ["%.10g", 1234.5, "1234.5"], ["%.0g", 45, "4e+01"], ["%G", 1e-10, "1E-10"], ["%#g", 2, "2.00000"], ["%#.3g", 0.5, "0.500"], ["%#.0f", 7, "7."],
  ["%x", 0.1, "0x1.999999999999ap-04"], ["%.1x", 1.96875, "0x1.0p+01"], ["%.2X", -10.5, "-0X1.50P+03"], ["%x", -0.1, "-0x1.999999999999ap-04"], ["%b", 0.1, "7205759403792794p-56"],
  ["%f", Number.NaN, "NaN"], ["%+f", Number.NaN, "+NaN"], ["%v", Infinity, "+Inf"], ["%08.1f", -Infinity, "    -Inf"], ["%d", Number.NaN, "%!d(float64=NaN)"],
  // %v of numbers is what JavaScript prints; a precision makes it %g.
  ["%v", 1234567.25, "1234567.25"], ["%v", 1e21, "1e+21"], ["%v", 1e-7, "1e-7"], ["%.3v", 3.14159, "3.14"], ["%6v", 2.5, "   2.5"], ["%v", 1768868366748, "1768868366748"],
  // Arrays, objects, Maps, Sets.
  ["%v", [1, "a", null, [true]], "[1 a <nil> [true]]"], ["%d", [1, [2, 3n]], "[1 [2 3]]"], ["%q", ["a", "b c"], '["a" "b c"]'], ["%03d", [1, 22], "[001 022]"], ["%.1f", { x: 1, y: 2.25 }, "{x:1.0 y:2.2}"],
  ["%v", { a: 1, b: { c: "x" } }, "{a:1 b:{c:x}}"], ["%+v", new Point(1, "a"), "Point{x:1 y:a}"], ["%#v", { p: new Point(1, "a"), "x-y": [undefined] }, '{p: Point{x: 1, y: "a"}, "x-y": [undefined]}'], ["%v", new Map<unknown, unknown>([["a", 1], [2, "b"]]), "map[a:1 2:b]"], ["%#v", new Map([["a", 1]]), "Map{a: 1}"], ["%v", new Set([1, 2]), "[1 2]"], ["%#v", new Set([1, 2]), "Set[1, 2]"], ["%v", {}, "{}"], ["%v", [], "[]"],
  ["%T", new Point(1, "a"), "Point"], ["%T", [], "Array"], ["%T", {}, "object"], ["%T", Symbol("s"), "symbol"], ["%T", () => 1, "function"],
  // Things with a text of their own.
  ["%s", new URL("http://example.com/a"), "http://example.com/a"], ["%v", /a+/g, "/a+/g"], ["%q", new URL("http://example.com/a"), '"http://example.com/a"'], ["%v", { toJSON: () => ({ cents: 5 }) }, "{cents:5}"], ["%v", Object("boxed"), "boxed"], ["%v", Symbol("s"), "Symbol(s)"], ["%v", new Date(Number.NaN), "Invalid Date"],
  ["%+v", new Error("outer", { cause: new RangeError("inner") }), "Error: outer, caused by RangeError: inner"], ["%v", new Error(""), "Error"], ["%.3s", new Error("boom"), "boo"],
];

describe("flags, width and precision", () => {
  for (const [template, value, text] of rows) {
    it(`make ${text} of ${template}`, () => {
      expect(formatMessage(template, [value]).text).toBe(text);
    });
  }
});

const taken: readonly (readonly [template: string, args: readonly unknown[], text: string])[] = [
  ["%[2]s %[1]s", ["a", "b"], "b a"],
  ["%[2]s %s", ["a", "b"], "b %!s(MISSING)"],
  ["%s %[1]q", ["a"], 'a "a"'],
  ["%*d|", [5, 42], "   42|"],
  ["%-*d|", [5, 42], "42   |"],
  ["%*d|", [-5, 42], "42   |"],
  ["%0*d", [5n, 42], "00042"],
  ["%.*f", [1, 2.25], "2.2"],
  ["%*.*f|", [7, 2, 3.14159], "   3.14|"],
  ["%[3]*.[2]*[1]f|", [3.14159, 2, 7], "   3.14|"],
  ["%[2]*[1]d %d", [1, 3], "  1 3"],
];

describe("positions and sizes from the arguments", () => {
  for (const [template, args, text] of taken) {
    it(`make ${text} of ${template}`, () => {
      expect(formatMessage(template, args).text).toBe(text);
    });
  }
});
