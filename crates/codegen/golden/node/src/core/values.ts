/**
 * Values and their types: which words and which JSON are a value of a type, how values compare, how they are said.
 * JSON is taken as it is; words, which policies and tests speak, become values of the wanted type.
 */

export type Scalar = string | number | boolean;
export type Value = Scalar | readonly Scalar[];
export type Kind = 'string' | 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'uuid' | 'email';

/** What a property may hold: one of a kind, or a list of them. */
export interface Type {
  readonly kind: Kind;
  readonly list: boolean;
}

/** Why something is no value of a type; said after the name of a parameter. */
export class Unfit extends Error {}

export const MAX_TEXT = 100_000;
export const MAX_ITEMS = 1_000;
const MAX_DIGITS = 18;

const TOO_LONG = 'is longer than 100,000 characters';
const TOO_MANY = 'has more than 1,000 items';

const NOT: Record<Kind, string> = {
  string: 'is not a text',
  integer: 'is not a whole number',
  decimal: 'is not a number of at most 18 digits',
  boolean: 'is neither true nor false',
  date: 'is not a date like 2026-02-28',
  datetime: 'is not a date and time like 2026-02-28T11:05',
  uuid: 'is not a UUID',
  email: 'is not an email address',
};

/** The value that JSON says: nothing is converted. Throws `Unfit`. */
export function readJson(json: unknown, type: Type): Value {
  if (!type.list) return readOne(json, type.kind);
  if (!Array.isArray(json)) throw new Unfit('is not a list');
  if (json.length > MAX_ITEMS) throw new Unfit(TOO_MANY);
  return json.map((item) => readOne(item, type.kind));
}

function readOne(json: unknown, kind: Kind): Scalar {
  const value = fits[kind](json) ? (json as Scalar) : undefined;
  if (value === undefined) throw new Unfit(NOT[kind]);
  if (typeof value === 'string' && length(value) > MAX_TEXT) throw new Unfit(TOO_LONG);
  return value;
}

/** In code points. */
const length = (text: string) => (text.length > MAX_TEXT ? [...text].length : text.length);

const isForm = (kind: Exclude<Kind, 'string'>) => (json: unknown) =>
  typeof json === 'string' && read[kind](json) !== undefined;

const fits: Record<Kind, (json: unknown) => boolean> = {
  string: (json) => typeof json === 'string' && !json.includes('\0'),
  integer: (json) => Number.isSafeInteger(json),
  decimal: (json) => typeof json === 'number' && Digits.read(String(json)) !== undefined,
  boolean: (json) => typeof json === 'boolean',
  date: isForm('date'),
  datetime: isForm('datetime'),
  uuid: isForm('uuid'),
  email: isForm('email'),
};

/** The value that words say. Blank words are a blank text, or no value of any other type. Throws `Unfit`. */
export function readWords(text: string, type: Type): Value | undefined {
  if (Buffer.byteLength(text) > MAX_TEXT) throw new Unfit(TOO_LONG);
  if (!type.list) return readScalar(text, type.kind);
  const items = splitList(text);
  if (items.length > MAX_ITEMS) throw new Unfit(TOO_MANY);
  return items.map((item) => readScalar(item, type.kind)).filter((item) => item !== undefined);
}

function readScalar(text: string, kind: Kind): Scalar | undefined {
  if (Buffer.byteLength(text) > MAX_TEXT) throw new Unfit(TOO_LONG);
  if (kind === 'string') return text;
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const value = read[kind](trimmed);
  if (value === undefined) throw new Unfit(NOT[kind]);
  return value;
}

const read: Record<Exclude<Kind, 'string'>, (text: string) => Scalar | undefined> = {
  integer: (text) => (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) + 0 : undefined),
  decimal: (text) => Digits.read(text)?.value(),
  boolean: (text) => {
    if (/^(true|yes)$/i.test(text)) return true;
    return /^(false|no)$/i.test(text) ? false : undefined;
  },
  date: (text) => (isDate(text) ? text : undefined),
  datetime: (text) => (isMoment(text) ? text : undefined),
  uuid: (text) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : undefined),
  email: (text) => (/^[^\s@]+@[^\s@]+$/.test(text) ? text : undefined),
};

function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

/** A date, `T` or a space, `11:05`, `11:05:30` or `11:05:30.25`, and perhaps `Z` or `+02:00`. */
function isMoment(text: string): boolean {
  const clock = String.raw`([01]\d|2[0-3]):[0-5]\d`;
  const parts = new RegExp(`^(.{10})[T ]${clock}(:[0-5]\\d(\\.\\d{1,9})?)?(Z|[+-]${clock}Z?|)$`).exec(text);
  return parts !== null && isDate(parts[1] ?? '');
}

/** What stands between commas. An item in quotes may hold commas, and quotes written twice. */
function splitList(text: string): string[] {
  const items: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const quoted = /^"((?:[^"]|"")*)"?/.exec(rest);
    const after = quoted ? rest.slice(quoted[0].length) : rest;
    const comma = after.indexOf(',');
    const plain = comma < 0 ? after : after.slice(0, comma);
    items.push((quoted?.[1] ?? '').replaceAll('""', '"') + plain.trim());
    rest = comma < 0 ? '' : after.slice(comma + 1).trim();
  }
  return items;
}

/** A decimal number: whole digits and how many of them stand behind the point. */
export class Digits {
  private constructor(
    private readonly digits: bigint,
    private readonly places: number,
  ) {}

  /** `12.50`, `-.5`, `3.`, `1e-7`. More than 18 digits are no number. */
  static read(text: string): Digits | undefined {
    const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(text.trim());
    if (!parts) return undefined;
    const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
    if (whole + fraction === '' || Math.abs(Number(exponent)) > 127) return undefined;
    const significant = (whole + fraction).replace(/0+$/, '');
    const skipped = whole.length + fraction.length - significant.length;
    if (significant.replace(/^0+/, '').length > MAX_DIGITS) return undefined;
    const digits = BigInt(`${significant}` || '0') * (sign === '-' ? -1n : 1n);
    return Digits.of(digits, fraction.length - skipped - Number(exponent));
  }

  private static of(digits: bigint, places: number): Digits | undefined {
    if (digits === 0n) return new Digits(0n, 0);
    while (places > 0 && digits % 10n === 0n) {
      digits /= 10n;
      places -= 1;
    }
    if (places < 0) {
      digits *= 10n ** BigInt(-places);
      places = 0;
    }
    const fits = absolute(digits) < 10n ** BigInt(MAX_DIGITS) && places <= MAX_DIGITS;
    return fits ? new Digits(digits, places) : undefined;
  }

  value(): number {
    return Number(this.toString());
  }

  compare(other: Digits): number {
    const places = Math.max(this.places, other.places);
    const scaled = (one: Digits) => one.digits * 10n ** BigInt(places - one.places);
    const [left, right] = [scaled(this), scaled(other)];
    return left < right ? -1 : Number(left > right);
  }

  toString(): string {
    const digits = absolute(this.digits).toString().padStart(this.places + 1, '0');
    const point = digits.length - this.places;
    const fraction = this.places === 0 ? '' : `.${digits.slice(point)}`;
    return `${this.digits < 0n ? '-' : ''}${digits.slice(0, point)}${fraction}`;
  }
}

const absolute = (number: bigint) => (number < 0n ? -number : number);

/** A value as people read it. */
export function words(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return Digits.read(String(value))?.toString() ?? String(value);
  if (!Array.isArray(value)) return String(value);
  const item = (text: string) =>
    text !== '' && text.trim() === text && !/[",]/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
  return value.map((one) => item(words(one))).join(', ');
}

/** The number that a value is, or that its words are. */
export function number(value: unknown): Digits | undefined {
  return typeof value === 'number' || typeof value === 'string' ? Digits.read(String(value)) : undefined;
}

const isBlank = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** By code points, as UTF-8 sorts them. */
export const compareTexts = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));

export type Comparison = 'is' | 'is not' | '>' | '<' | '>=' | '<=';

/** A condition of a policy, such as `amount < 100`. What cannot be compared does not hold. */
export function holds(value: unknown, comparison: Comparison, wanted: string): boolean {
  const found = compare(value, wanted);
  switch (comparison) {
    case 'is':
      return found === 0;
    case 'is not':
      return found !== 0;
    case '>':
      return found !== undefined && found > 0;
    case '<':
      return found !== undefined && found < 0;
    case '>=':
      return found !== undefined && found >= 0;
    case '<=':
      return found !== undefined && found <= 0;
  }
}

function compare(value: unknown, wanted: string): number | undefined {
  if (typeof value === 'boolean') {
    const truth = /^(true|yes)$/i.test(wanted) || (/^(false|no)$/i.test(wanted) ? false : undefined);
    return truth === undefined ? undefined : Number(value) - Number(truth);
  }
  if (isBlank(value)) return undefined;
  const [one, other] = [number(value), number(wanted)];
  if (one && other) return one.compare(other);
  const text = words(value);
  return text.toLowerCase() === wanted.toLowerCase() ? 0 : compareTexts(text, wanted);
}
