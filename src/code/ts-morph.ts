/** ts-morph, for everything that reads users' TypeScript: the one file that imports it. Load what imports this file with `import()`: it is large. */
export * from "ts-morph";
