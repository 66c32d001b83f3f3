/** IP addresses and ranges, as text from strangers. */

/** Eight groups of 16 bits; IPv4 is `::ffff:a.b.c.d`, so that both forms of one address are the same. */
type Groups = readonly number[];

export interface Address {
  /** Without port and zone; IPv4 in dotted form, IPv6 in lower case. */
  readonly text: string;
  readonly groups: Groups;
}

/** The longest form with brackets, zone and port. */
const maxLength = 100;
const mapped: Groups = [0, 0, 0, 0, 0, 0xffff];
const named: { readonly [name: string]: readonly string[] } = {
  loopback: ["127.0.0.0/8", "::1"],
  private: ["127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"],
};

/** Reads `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`, `fe80::1%eth0`; undefined for anything else. */
export function parseAddress(text: string): Address | undefined {
  if (text.length > maxLength) return undefined;
  const plain = v4Groups(text);
  if (plain !== undefined) return { text, groups: [...mapped, ...plain] };
  const bare = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^([^:]*):\d{1,5}$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/%[\w.-]*$/, "").toLowerCase();
  const groups = groupsOf(address);
  if (groups === undefined) return undefined;
  const isV4 = mapped.every((group, index) => group === groups[index]);
  const [high = 0, low = 0] = groups.slice(6);
  return { text: isV4 ? [high >> 8, high & 255, low >> 8, low & 255].join(".") : address, groups };
}

function groupsOf(text: string): Groups | undefined {
  const v4 = v4Groups(text);
  if (v4 !== undefined) return [...mapped, ...v4];
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((side, index) => sideGroups(side, index === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (tail === undefined) return head.length === 8 ? head : undefined;
  const gap = 8 - head.length - tail.length;
  return gap < 1 ? undefined : [...head, ...Array.from({ length: gap }, () => 0), ...tail];
}

/** Only at the very end may two groups be written as IPv4. */
function sideGroups(side: string, isEnd: boolean): Groups | undefined {
  if (side === "") return [];
  const groups: number[] = [];
  const parts = side.split(":");
  for (const [index, part] of parts.entries()) {
    const v4 = isEnd && index === parts.length - 1 && part.includes(".") ? v4Groups(part) : undefined;
    if (v4 !== undefined) groups.push(...v4);
    else if (/^[0-9a-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

/** Four numbers below 256 without leading zeros. Each request has several addresses, nearly all of this form: no pattern, no pieces. */
function v4Groups(text: string): Groups | undefined {
  if (text.length > 15) return undefined;
  let [high, low, part, digits, dots] = [0, 0, 0, 0, 0];
  for (let index = 0; index <= text.length; index++) {
    const digit = index === text.length ? dot : text.charCodeAt(index) - zero;
    if (digit >= 0 && digit <= 9) {
      if (digits++ > 0 && part === 0) return undefined;
      part = part * 10 + digit;
      continue;
    }
    if (digit !== dot || digits === 0 || part > 255 || dots > 3) return undefined;
    high = dots < 2 ? high * 256 + part : high;
    low = dots < 2 ? 0 : low * 256 + part;
    [part, digits, dots] = [0, 0, dots + 1];
  }
  return dots === 4 ? [high, low] : undefined;
}

const zero = 0x30;
/** The code of a dot, less that of a zero. */
const dot = -2;

/** Whether an address is in one of the ranges: addresses, `10.0.0.0/8`, `loopback`, `private`. What is none of these holds no address. */
export function inRanges(ranges: readonly string[]): (address: Address) => boolean {
  const tests = ranges.flatMap((range) => (Object.hasOwn(named, range) ? (named[range] ?? []) : [range])).flatMap((range) => {
    const [base = "", length] = range.split("/");
    const address = parseAddress(base);
    if (address === undefined) return [];
    const all = base.includes(":") ? 128 : 32;
    const bits = length === undefined ? all : /^\d{1,3}$/.test(length) ? Number(length) : -1;
    return bits < 0 || bits > all ? [] : [{ groups: address.groups, bits: bits + 128 - all }];
  });
  return (address) => tests.some(({ groups, bits }) => samePrefix(groups, address.groups, bits));
}

function samePrefix(one: Groups, other: Groups, bits: number): boolean {
  for (let index = 0; index * 16 < bits; index++) {
    const rest = Math.min(16, bits - index * 16);
    const mask = (0xffff << (16 - rest)) & 0xffff;
    if (((one[index] ?? 0) & mask) !== ((other[index] ?? 0) & mask)) return false;
  }
  return true;
}
