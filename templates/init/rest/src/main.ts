import { createApp } from "./server.js";
import { wevt } from "./telemetry.js";

const app = createApp();
app.listen(Number(process.env["PORT"] ?? 3000), () => {
  const address = app.address();
  console.error(`listening on http://localhost:${typeof address === "object" ? address?.port : address}`);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    app.close(() => void wevt.close());
    app.closeIdleConnections();
  });
}
