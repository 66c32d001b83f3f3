/**
 * The formats a schema may assert. Each is a function of its own, so that a program links only those that its schemas name. Strings only: the type
 * is checked before.
 */

const dateParts = /^(\d{4})-(\d\d)-(\d\d)$/;
const timeParts = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:z|([+-])(\d\d):(\d\d))$/i;

/** RFC 3339 full-date, with the days of each month. */
export function isDate(text: string): boolean {
  const parts = dateParts.exec(text);
  if (parts === null) return false;
  const year = Number(parts[1]);
  const month = Number(parts[2]);
  const day = Number(parts[3]);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** RFC 3339 full-time: an offset is needed; a leap second is right only at 23:59 UTC. */
export function isTime(text: string): boolean {
  const parts = timeParts.exec(text);
  if (parts === null) return false;
  const [hour, minute, second] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const sign = parts[4] === "-" ? -1 : 1;
  const [offsetHour, offsetMinute] = [Number(parts[5] ?? 0), Number(parts[6] ?? 0)];
  if (hour > 23 || minute > 59 || offsetHour > 23 || offsetMinute > 59) return false;
  if (second <= 59) return true;
  const utc = (hour * 60 + minute - sign * (offsetHour * 60 + offsetMinute) + 2880) % 1440;
  return second === 60 && utc === 1439;
}

/** RFC 3339 date-time. */
export function isDateTime(text: string): boolean {
  const at = text.search(/t|\s/i);
  return at === 10 && isDate(text.slice(0, at)) && isTime(text.slice(at + 1));
}

/** ISO 8601 duration as RFC 3339 appendix A has it. */
export function isDuration(text: string): boolean {
  return /^P(?:\d+W|(?=\d|T)(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)?(?:T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?)$/.test(text);
}

let emailPattern: RegExp | undefined;

/** Made when it is needed, as are all patterns of parts: what stands at the top of a module stays in programs that never use it. */
function patternOfEmails(): RegExp {
  const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  const domain = "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
  const quoted = '"(?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\\x20-\\x7e])*"';
  return new RegExp(`^(?:${atom}(?:\\.${atom})*|${quoted})@(?:${domain}|\\[(?:IPv6:([^\\]]+)|([\\d.]+))\\])$`);
}

/** RFC 5321: a dotted or quoted local part, and a domain name or an address literal. */
export function isEmail(text: string): boolean {
  const parts = (emailPattern ??= patternOfEmails()).exec(text);
  return parts !== null && (parts[1] === undefined || isIpv6(parts[1])) && (parts[2] === undefined || isIpv4(parts[2]));
}

export { isHostname } from "./hostname.js";

/** Four decimal bytes without leading zeros. */
export function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

/** RFC 4291 text form, without a zone. */
export function isIpv6(text: string): boolean {
  if (!/^[0-9a-f:.]+$/i.test(text)) return false;
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const all = groups.flat();
  const last = all.at(-1);
  const tail = last?.includes(".") === true ? last : undefined;
  if (tail !== undefined && (!isIpv4(tail) || text.endsWith("::"))) return false;
  const words = tail === undefined ? all : all.slice(0, -1);
  if (!words.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return false;
  const count = words.length + (tail === undefined ? 0 : 2);
  return halves.length === 2 ? count <= 7 : count === 8;
}

let uriPattern: RegExp | undefined;

function patternOfUris(): RegExp {
  const unreserved = "A-Za-z0-9\\-._~!$&'()*+,;=";
  const encoded = "%[0-9A-Fa-f]{2}";
  const pchar = `(?:[${unreserved}:@]|${encoded})`;
  return new RegExp(
    `^[A-Za-z][A-Za-z0-9+.-]*:(?://(?:(?:[${unreserved}:]|${encoded})*@)?(?:\\[([0-9A-Fa-f:.]+|[vV][0-9A-Fa-f]+\\.[${unreserved}:]+)\\]|(?:[${unreserved}]|${encoded})*)(?::\\d*)?(?:/${pchar}*)*|/(?:${pchar}+(?:/${pchar}*)*)?|${pchar}+(?:/${pchar}*)*|)(?:\\?(?:${pchar}|[/?])*)?(?:#(?:${pchar}|[/?])*)?$`,
  );
}

/** RFC 3986 URI with a scheme. */
export function isUri(text: string): boolean {
  const parts = (uriPattern ??= patternOfUris()).exec(text);
  return parts !== null && (parts[1] === undefined || /^v/i.test(parts[1]) || isIpv6(parts[1]));
}

/** Eight, four, four, four, twelve hex digits. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/** A whole number in 64 signed bits, as decimal text without leading zeros or plus. */
export function isInt64(text: string): boolean {
  const parts = /^(-?)(0|[1-9]\d{0,18})$/.exec(text);
  if (parts === null || text === "-0") return false;
  const digits = (parts[2] ?? "").padStart(19, "0");
  return parts[1] === "-" ? digits <= "9223372036854775808" : digits <= "9223372036854775807";
}
