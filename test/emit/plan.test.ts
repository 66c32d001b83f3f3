import { describe, expect, it } from "vitest";
import { hashOf, manifestName, parseManifest, printManifest } from "../../src/emit/manifest.js";
import { clashes, isCurrent, plan, temporaryName, type Disk, type Plan } from "../../src/emit/plan.js";

const out = "src/wevt";

/** A disk that holds these files, and a manifest with these entries when there are some. */
function diskWith(files: { readonly [path: string]: string }, owned?: { readonly [path: string]: string }): Disk {
  const manifest = owned === undefined ? {} : { [`${out}/${manifestName}`]: printManifest(new Map(Object.entries(owned).map(([path, text]) => [path, [hashOf(text)]]))) };
  const all = new Map(Object.entries({ ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`${out}/${path}`, text])), ...manifest }));
  return diskOf(all);
}

function diskOf(files: ReadonlyMap<string, string>): Disk {
  return {
    text: (path) => files.get(path),
    hash: (path) => {
      const text = files.get(path);
      return text === undefined ? undefined : hashOf(text);
    },
  };
}

function planOf(files: { readonly [path: string]: string }, disk: Disk): Plan {
  return plan([{ out, files: Object.entries(files).map(([path, text]) => ({ path, text })) }], disk);
}

function actions({ steps }: Plan): { readonly [path: string]: string } {
  return Object.fromEntries(steps.map(({ path, action }) => [path.slice(out.length + 1), action]));
}

describe("what has to happen to a file", () => {
  it("is told file by file", () => {
    const disk = diskWith({ "same.ts": "a", "old.ts": "b", "edited.ts": "mine", "stale.ts": "d", "foreign.ts": "e" }, { "same.ts": "a", "old.ts": "b", "edited.ts": "c", "stale.ts": "d", "gone.ts": "x" });
    const planned = planOf({ "same.ts": "a", "old.ts": "B", "edited.ts": "c", "foreign.ts": "E", "new.ts": "n" }, disk);
    expect(actions(planned)).toEqual({ "same.ts": "unchanged", "old.ts": "update", "edited.ts": "restore", "stale.ts": "delete", "foreign.ts": "foreign", "new.ts": "create" });
    expect(isCurrent(planned)).toBe(false);
  });

  it("is nothing when the disk holds the result", () => {
    expect(isCurrent(planOf({ "a.ts": "a" }, diskWith({ "a.ts": "a" }, { "a.ts": "a" })))).toBe(true);
  });

  it("is nothing but an entry for a file that somebody else wrote alike", () => {
    const planned = planOf({ "a.ts": "a" }, diskWith({ "a.ts": "a" }));
    expect(actions(planned)).toEqual({ "a.ts": "unchanged" });
    expect(isCurrent(planned)).toBe(false);
    expect([...parseManifest(planned.manifests[0]?.after ?? "").keys()]).toEqual(["a.ts"]);
  });

  it("is deletion for what a killed run left half-written, in each folder of ours", () => {
    const planned = planOf({ "a.ts": "a", "partials/b.ts": "b" }, diskWith({ "a.ts": "a", "partials/b.ts": "b", [temporaryName]: "ha", [`partials/${temporaryName}`]: "lf" }, { "a.ts": "a", "partials/b.ts": "b" }));
    expect(actions(planned)).toMatchObject({ [temporaryName]: "delete", [`partials/${temporaryName}`]: "delete" });
  });

  it("does not depend on the order of the files", () => {
    const disk = diskWith({ "a.ts": "1", "z.ts": "1" }, { "z.ts": "1", "a.ts": "1" });
    expect(planOf({ "b.ts": "b", "a.ts": "a" }, disk)).toEqual(planOf({ "a.ts": "a", "b.ts": "b" }, disk));
  });
});

describe("the manifest", () => {
  it("lists old and new contents while a run is under way, so that neither looks edited by hand", () => {
    const first = planOf({ "a.ts": "new" }, diskWith({ "a.ts": "old" }, { "a.ts": "old" }));
    const interim = first.manifests[0]?.interim ?? "";
    expect(parseManifest(interim).get("a.ts")).toEqual([hashOf("old"), hashOf("new")]);
    for (const text of ["old", "new"]) {
      const disk = diskOf(new Map([[`${out}/${manifestName}`, interim], [`${out}/a.ts`, text]]));
      expect(actions(planOf({ "a.ts": "newer" }, disk))).toEqual({ "a.ts": "update" });
    }
  });

  it("is read back as it was printed", () => {
    const manifest = new Map([["b/c.ts", [hashOf("c")]], ["a.ts", [hashOf("a")]]]);
    expect(parseManifest(printManifest(manifest))).toEqual(manifest);
  });

  it.each(["../../README.md", "/etc/passwd", "a/../../b", "a\\..\\b", "C:/x", "a\u001b[2J", "./a", manifestName])("never owns %j", (path) => {
    expect(parseManifest(`${hashOf("x")}  ${path}\n`).size).toBe(0);
  });

  it("survives the markers of a merge conflict", () => {
    const [one, two] = [hashOf("1"), hashOf("2")];
    expect(parseManifest(`<<<<<<< ours\n${one}  a.ts\n=======\n${two}  a.ts\n>>>>>>> theirs\n`)).toEqual(new Map([["a.ts", [one, two]]]));
  });
});

describe("two outputs of one path", () => {
  it("are found, also where a disk does not tell capitals apart", () => {
    const files = (...paths: readonly string[]) => paths.map((path) => ({ path, text: "" }));
    expect(clashes([{ out: "a", files: files("x.ts") }, { out: "a", files: files("X.ts") }])).toEqual([["a/x.ts", "a/X.ts"]]);
    expect(clashes([{ out: "a", files: files("b/x.ts") }, { out: "a/b", files: files("x.ts") }])).toHaveLength(1);
    expect(clashes([{ out: "a", files: files("x.ts", "y.ts") }])).toEqual([]);
  });
});
