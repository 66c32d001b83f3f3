/** Lines on their way to a pipe, with a reader that takes as much as the test says. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { createBatches, type Batches } from "../../src/runtime/batches.js";
import type { FinishedEvent } from "../../src/runtime/collector.js";

afterEach(() => void vi.useRealTimers());

/** A pipe with room for so many bytes; `takes` is asked at every write. */
function pipe(takes: () => number): { readonly batches: Batches; readonly sizes: number[]; text(): string } {
  const taken: Uint8Array[] = [];
  const sizes: number[] = [];
  const writeSync = (_fd: number, memory: NodeJS.ArrayBufferView | string, from?: unknown, length?: unknown): number => {
    const count = Math.min(takes(), Number(length));
    sizes.push(count);
    if (count === 0) throw Object.assign(new Error("full"), { code: "EAGAIN" });
    if (typeof memory !== "string") taken.push(new Uint8Array(memory.buffer, memory.byteOffset + Number(from), count).slice());
    return count;
  };
  return { batches: createBatches(1, { writeSync }), sizes, text: () => Buffer.concat(taken).toString() };
}

function eventOf(line: string): FinishedEvent {
  const bytes = Buffer.from(`${line}\n`);
  const copyTo = (target: Uint8Array, at: number): number => {
    if (at + bytes.length > target.length) return -1;
    target.set(bytes, at);
    return bytes.length;
  };
  return { line, bytes, copyTo, record: {}, base: {}, partials: new Map() };
}

describe("lines on their way to a pipe", () => {
  it.each([1, 100, 4_096, 65_536])("arrive in order and once, long ones and text among them, whatever the pipe takes (up to %d bytes)", async (most) => {
    let turn = 0;
    const { batches, text } = pipe(() => [most, 0, Math.ceil(most / 3)][turn++ % 3] ?? 0);
    const lines = Array.from({ length: most === 1 ? 20 : 400 }, (_, index) => `${index} ${"x".repeat(index % 7 === 3 && most > 100 ? 70_000 : index)}`);
    for (const [index, line] of lines.entries()) {
      if (index % 10 === 9) batches.append(Buffer.from(`${line}\n`));
      else batches.add(eventOf(line));
      if (index % 50 === 49) batches.write();
    }
    batches.end();
    await batches.empty();
    expect(text()).toBe(lines.map((line) => `${line}\n`).join(""));
  }, 20_000);

  it("are written together as soon as they fill 64 KB, the rest when asked", () => {
    const { batches, sizes } = pipe(() => Number.POSITIVE_INFINITY);
    for (let index = 0; index < 100; index++) batches.add(eventOf("x".repeat(999)));
    expect(sizes).toEqual([65_000]);
    batches.write();
    expect(sizes).toEqual([65_000, 35_000]);
    batches.write();
    expect(sizes).toHaveLength(2);
  });

  it("wait without work while the reader takes nothing: tried again after 1, 2, 4, then every 5 ms, whatever comes", () => {
    vi.useFakeTimers();
    const { batches, sizes } = pipe(() => 0);
    for (let ms = 0; ms < 1_000; ms++) {
      for (let index = 0; index < 5; index++) batches.add(eventOf("x".repeat(499)));
      batches.write();
      vi.advanceTimersByTime(1);
    }
    expect(sizes.length).toBeGreaterThan(190);
    expect(sizes.length).toBeLessThan(210);
  });

  it("are written as soon as the reader goes on, without being asked", () => {
    vi.useFakeTimers();
    let room = 10;
    const { batches, text } = pipe(() => room);
    batches.add(eventOf("first line that is longer"));
    batches.write();
    expect(text()).toBe("first line");
    room = 100;
    batches.add(eventOf("second"));
    vi.advanceTimersByTime(1);
    expect(text()).toBe("first line that is longer\nsecond\n");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are dropped beyond 8 MB, which is told until there is room again", () => {
    vi.useFakeTimers();
    let room = 0;
    const { batches } = pipe(() => room);
    for (let index = 0; index < 8_389; index++) batches.add(eventOf("x".repeat(999)));
    expect(batches.problem()).toMatchObject({ dropped: true, error: { message: expect.stringContaining("8388608 bytes wait") } });
    room = Number.POSITIVE_INFINITY;
    vi.advanceTimersByTime(5);
    expect(batches.problem()).toBeUndefined();
  });

  it("are given up, and told once, when the descriptor fails; later ones are written", () => {
    let broken = true;
    const { batches, text } = pipe(() => {
      if (broken) throw Object.assign(new Error("gone"), { code: "EPIPE" });
      return 100;
    });
    batches.add(eventOf("lost"));
    batches.write();
    expect(batches.problem()).toMatchObject({ dropped: false, error: { code: "EPIPE" } });
    expect(batches.problem()).toBeUndefined();
    broken = false;
    batches.add(eventOf("kept"));
    batches.write();
    expect(text()).toBe("kept\n");
  });
});
