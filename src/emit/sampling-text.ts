/** How an event is sampled, in words: a line for each rule, and one for what is left. */
import type { EventSampling, EventSamplingRule } from "../compiler/registry.js";
import { jsonText } from "./describe.js";

export function samplingLines({ rules = [], base = 1 }: EventSampling): readonly string[] {
  return [...rules.map((rule) => `${rule.name}: ${conditionsText(rule)}: ${keptText(rule)}`), `base: ${rules.length === 0 ? "all events" : "all others"}: ${shareText(base)}`];
}

function conditionsText({ outcome, unforeseen, sampled, slowerThanMs, slowerThan, when = {} }: EventSamplingRule): string {
  const conditions = [
    ...(outcome === undefined ? [] : [`outcome ${[outcome].flat().join(" or ")}`]),
    ...(unforeseen === undefined ? [] : [unforeseen ? "an unforeseen error" : "no unforeseen error"]),
    ...(sampled === undefined ? [] : [sampled ? "sampled by its caller" : "not sampled by its caller"]),
    ...(slowerThanMs === undefined ? [] : [`slower than ${slowerThanMs} ms`]),
    ...(slowerThan === undefined ? [] : [`slower than the running ${slowerThan}`]),
    ...Object.entries(when).map(([path, fragment]) => `${path} is ${jsonText(fragment)}`),
  ];
  return conditions.length === 0 ? "all others" : conditions.join(" and ");
}

function keptText({ per = [], perSecond, slowerThan, keep = 1 }: EventSamplingRule): string {
  const each = per.length === 0 ? "" : ` of each ${per.join(" and ")}`;
  if (perSecond !== undefined) return `${keep === 1 ? "" : `${shareText(keep)} of `}about ${perSecond} a second${each}`;
  return `${shareText(keep)}${slowerThan === undefined ? "" : each}`;
}

function shareText(share: number): string {
  return share === 1 ? "all are kept" : share === 0 ? "none is kept" : `${Number((share * 100).toPrecision(6))} % are kept`;
}
