export const checkDiagnostics = {};
