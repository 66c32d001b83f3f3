/** How an event is sampled, in words: a line for each rule, and one for what is left. */
import type { EventSampling, EventSamplingRule } from "../compiler/registry.js";
import { jsonText } from "./describe.js";

export function samplingLines({ rules = [], base = 1 }: EventSampling): readonly string[] {
  return [...rules.map((rule) => `${rule.name}: ${conditionsText(rule)}: ${keptText(rule)}`), `base: ${rules.length === 0 ? "all events" : "all others"}: ${shareText(base)}`];
}

function conditionsText({ outcome, unforeseen, sampled, slowerThanMs, slowerThan, per, when = {} }: EventSamplingRule): string {
  const conditions = [
    ...(outcome === undefined ? [] : [`outcome ${[outcome].flat().join(" or ")}`]),
    ...(unforeseen === undefined ? [] : [unforeseen ? "an unforeseen error" : "no unforeseen error"]),
    ...(sampled === undefined ? [] : [sampled ? "sampled by its caller" : "not sampled by its caller"]),
    ...(slowerThanMs === undefined ? [] : [`slower than ${slowerThanMs} ms`]),
    ...(slowerThan === undefined ? [] : [`slower than the running ${slowerThan}${each(per)}`]),
    ...Object.entries(when).map(([path, fragment]) => `${path} is ${jsonText(fragment)}`),
  ];
  return conditions.length === 0 ? "all others" : conditions.join(" and ");
}

function keptText({ per, perSecond, keep = 1 }: EventSamplingRule): string {
  if (perSecond === undefined) return shareText(keep);
  return `about ${perSecond} a second${each(per)} are kept${keep === 1 ? "" : `, and of these ${percent(keep)}`}`;
}

function each(per: readonly string[] = []): string {
  return per.length === 0 ? "" : ` of each ${per.join(" and ")}`;
}

function shareText(share: number): string {
  return share === 1 ? "all are kept" : share === 0 ? "none is kept" : `${percent(share)} are kept`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}
