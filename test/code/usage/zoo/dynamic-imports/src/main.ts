const { wevt } = await import("./telemetry.js");
const { user, cart: build } = await import("./wevt/index.js");
wevt.log(user({ id: "u_1" }));
wevt.log(build({ total: 1 }));
const all = await import("./wevt/index.js");
wevt.log(all.step({ name: "pay" }));
import("./wevt/index.js").then(({ llm }) => wevt.log(llm({ calls: 1 })));
