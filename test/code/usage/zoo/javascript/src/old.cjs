const { user } = require("./wevt/index.js");

module.exports.built = user({ id: "u_2", limits: { max: 1 } });
