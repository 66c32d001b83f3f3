import { createWevt, jobOriginator, order, user } from "./wevt/index.js";

const wevt = createWevt({ service: { name: "minimal", version: "1.0.0" } });

await wevt.run(jobOriginator({ jobName: "import-orders" }), async (event) => {
  event.log(user({ id: "user_42", tier: "pro" }));
  event.log(order({ id: "order_1001", totalUsd: 59.9 }));
  event.add("order.items", 3);
  await event.time("order.paymentMs", () => pay());
}); // one event is written here, also when the function throws

await wevt.close();

async function pay(): Promise<void> {
  await Promise.resolve();
}
