import wevt = require("./wevt/index.js");

export const built = wevt.user({ id: "u_2", tier: "pro" });
