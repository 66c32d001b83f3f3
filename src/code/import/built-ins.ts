/** Types of the language and the platform that are no plain data, and what to write instead. */
import { Node, type Type } from "../ts-morph.js";
import type { Reason } from "./reader.js";

const cures: { readonly [name: string]: string } = {
  Map: "write `Record<string, V>`",
  ReadonlyMap: "write `Record<string, V>`",
  WeakMap: "leave it out: its keys cannot be listed",
  Set: "write `T[]`",
  ReadonlySet: "write `T[]`",
  WeakSet: "leave it out: its elements cannot be listed",
  Error: "write the texts you query (`{ type: string; message: string }`), or call `event.error(error)`",
  URL: "write `string`, and @format uri",
  RegExp: "write `string`",
  Promise: "write what it resolves to",
  PromiseLike: "write what it resolves to",
  Function: "record what it returns",
  String: "write `string`",
  Number: "write `number`",
  Boolean: "write `boolean`",
  BigInt: "write `bigint`",
  Symbol: "write `string`",
};

/** `date` for Date; a reason for what JSON cannot hold; undefined for plain objects. */
export function builtIn(type: Type): "date" | Reason | undefined {
  const symbol = type.getSymbol();
  const name = symbol?.getName();
  if (symbol === undefined || name === undefined || name.startsWith("__")) return undefined;
  if (type.isArray() || type.isReadonlyArray() || type.isTuple()) return undefined;
  const files = symbol.getDeclarations().map((one) => one.getSourceFile().getFilePath());
  if (files.length === 0) return undefined;
  if (!files.every(isPlatform)) return files.every(isPackage) && hasMethods(type) ? { why: `${name} comes from a package and has methods, so it is more than data`, cure: "name the values that you query: text, numbers, objects of these" } : undefined;
  if (name === "Date") return "date";
  const cure = cures[name] ?? (name.endsWith("Error") || name.endsWith("Exception") ? cures["Error"] : undefined);
  return cure === undefined && !hasMethods(type) ? undefined : { why: `${name} has no form in JSON`, cure: cure ?? "write the values that you query: text, numbers, objects of these" };
}

/** True for declarations of the team's own: not of the platform, not of a package. */
export function isOwn(node: Node): boolean {
  const path = node.getSourceFile().getFilePath();
  return !isPlatform(path) && !isPackage(path);
}

function isPackage(path: string): boolean {
  return path.includes("/node_modules/");
}

function hasMethods(type: Type): boolean {
  return type.getProperties().some((one) => one.getDeclarations().some((node) => Node.isMethodSignature(node) || Node.isMethodDeclaration(node)));
}

/** The libraries of TypeScript and Node. */
function isPlatform(path: string): boolean {
  return /\/(?:typescript|@typescript\/[^/]+)\/lib\/lib[^/]*\.d\.ts$|^\/node_modules\/typescript\/lib\/|\/@types\/node\//.test(path);
}
