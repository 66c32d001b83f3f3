// Loads the project of the working directory with ts-morph, and does as little (`resolve`) or as much (`diagnostics`) as it is asked for.
import { Project, ts } from "ts-morph";

const project = new Project({ tsConfigFilePath: "tsconfig.json" });
const program = project.getProgram().compilerObject;
const checker = program.getTypeChecker();
if (process.argv[2] === "diagnostics") console.log(ts.getPreEmitDiagnostics(program).length);
else {
  let calls = 0;
  const visit = (node) => {
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      if (checker.getSymbolAtLocation(ts.isPropertyAccessExpression(expression) ? expression.name : expression) !== undefined) calls += 1;
    }
    ts.forEachChild(node, visit);
  };
  for (const file of reaching()) visit(file);
  console.log(calls);
}

/** The files that import generated code, directly or through others. */
function reaching() {
  const importers = new Map();
  for (const file of program.getSourceFiles()) {
    if (program.isSourceFileFromExternalLibrary(file) || program.isSourceFileDefaultLibrary(file)) continue;
    for (const specifier of file.imports ?? []) {
      const imported = checker.getSymbolAtLocation(specifier)?.declarations?.[0]?.getSourceFile();
      if (imported !== undefined) importers.set(imported, [...(importers.get(imported) ?? []), file]);
    }
  }
  const isGenerated = (file) => file.fileName.includes("/src/wevt/");
  const found = new Set(program.getSourceFiles().filter(isGenerated));
  for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
  return [...found].filter((file) => !isGenerated(file));
}
