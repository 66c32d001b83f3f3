import { wevt } from "./telemetry.js";
import { chat, sandbox, user } from "./wevt/index.js";

/** Somewhere deep in the application: `wevt` finds the event of the current request by itself. */
export async function answer(): Promise<{ readonly text: string }> {
  wevt.log(user({ id: "user_V1StGXR8_Z5jdHi6B-myT", tier: "pro" }));
  wevt.log(chat({ chatId: "chat_V1StGXR8_Z5jdHi6B-myT", model: "opus", messages: 232, tokens: 45822 }));
  wevt.log(sandbox({ sandboxId: "sbox_V1StGXR8_Z5jdHi6B-myT", startedAt: new Date(), liveDuration: 116748 }));
  await wevt.time("sandbox.startDuration", startSandbox);
  return { text: "Hello from the sandbox." };
}

function startSandbox(): Promise<void> {
  return new Promise((done) => void setTimeout(done, 5));
}
