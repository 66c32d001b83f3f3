import { quote, row } from "./row.js";

export const emitDiagnostics = {
};
