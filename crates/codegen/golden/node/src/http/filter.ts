/** `filter`: which rows of a read model are asked for, and in which order. */

import type { Row } from '../core/ports.ts';
import { compareTexts, words as wordsOf } from '../core/values.ts';
import { Problem } from './problem.ts';

const MAX_DEPTH = 10;
const MAX_CONDITIONS = 1_000;
const MAX_ORDERS = 16;

export interface Columns {
  readonly columns: readonly string[];
  readonly key?: string;
  readonly lists?: readonly string[];
}

export interface Filter {
  readonly where?: (row: Row) => boolean;
  /** Only the row of this key can suit. */
  readonly key?: string;
  readonly orders: readonly Order[];
  readonly skip: number;
  readonly limit: number;
}

interface Order {
  readonly column: string;
  readonly down: boolean;
}

type Json = Record<string, unknown>;
type Test = (cell: unknown) => boolean;

const bad = (detail: string) => new Problem(400, detail);

const isObject = (json: unknown): json is Json => typeof json === 'object' && json !== null && !Array.isArray(json);

export function readFilter(words: string | undefined, columns: Columns): Filter {
  if (words === undefined) return { orders: [], skip: 0, limit: 100 };
  const json = parsed(words);
  if (!isObject(json)) throw bad('filter is no JSON object.');
  const unknown = Object.keys(json).find((key) => !['where', 'order', 'skip', 'limit'].includes(key));
  if (unknown !== undefined) throw bad(`filter has no ${unknown}: only where, order, skip and limit.`);
  const where = json['where'] === undefined ? {} : { where: readWhere(json['where'], columns) };
  const key = keyOf(json['where'], columns);
  return {
    ...where,
    ...(key !== undefined && { key }),
    orders: json['order'] === undefined ? [] : readOrders(json['order'], columns),
    skip: whole(json['skip'] ?? 0, 0, Number.MAX_SAFE_INTEGER, 'skip is not a whole number from 0 on.'),
    limit: whole(json['limit'] ?? 100, 1, 1_000, 'limit is not a whole number from 1 to 1,000.'),
  };
}

/** The rows that suit a filter. */
export function apply({ where, orders, skip, limit }: Filter, rows: readonly Row[]): Row[] {
  const suiting = where ? rows.filter(where) : [...rows];
  return suiting.sort((one, other) => compareRows(one, other, orders)).slice(skip, skip + limit);
}

function parsed(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    throw bad('filter is no JSON.');
  }
}

function whole(json: unknown, least: number, most: number, detail: string): number {
  if (!Number.isInteger(json) || (json as number) < least || (json as number) > most) throw bad(detail);
  return json as number;
}

function readOrders(json: unknown, columns: Columns): Order[] {
  const all = Array.isArray(json) ? json : [json];
  if (all.length > MAX_ORDERS) throw badOrder();
  return all.map((words) => readOrder(words, columns));
}

const badOrder = () => bad('order is neither like "column ASC" nor an array of at most 16 of that kind.');

function readOrder(words: unknown, columns: Columns): Order {
  if (typeof words !== 'string') throw badOrder();
  const [name, direction = 'ASC', ...rest] = words.split(' ').filter((part) => part !== '');
  if (name === undefined || rest.length > 0 || !/^(asc|desc)$/i.test(direction)) throw badOrder();
  const column = known(name, columns);
  if (columns.lists?.includes(column)) throw bad(`${column} holds lists, which have no order.`);
  return { column, down: direction.toUpperCase() === 'DESC' };
}

function known(name: string, { columns }: Columns): string {
  if (!columns.includes(name)) throw bad(`There is no column ${name}.`);
  return name;
}

function readWhere(json: unknown, columns: Columns): (row: Row) => boolean {
  let left = MAX_CONDITIONS;
  const count = () => {
    left -= 1;
    if (left < 0) throw bad(`where has more than 1,000 conditions.`);
  };

  const object = (json: unknown, depth: number): ((row: Row) => boolean) => {
    if (!isObject(json) || depth === 0) throw bad('where is no object, or more than 10 objects deep.');
    const all = Object.entries(json).map(([key, value]) => {
      count();
      if (key === 'and' || key === 'or') return several(key, value, depth);
      return cell(known(key, columns), value);
    });
    return (row) => all.every((holds) => holds(row));
  };

  const several = (word: 'and' | 'or', json: unknown, depth: number) => {
    if (!Array.isArray(json) || json.length === 0) throw bad(`${word} takes an array of at least one object.`);
    const all = json.map((one) => object(one, depth - 1));
    return (row: Row) => (word === 'and' ? all.every((holds) => holds(row)) : all.some((holds) => holds(row)));
  };

  const cell = (column: string, json: unknown) => {
    const tests = isObject(json) ? Object.entries(json).map(operator) : [is(json, column)];
    if (tests.length === 0) throw badCondition(column);
    return (row: Row) => tests.every((test) => test(row[column]));
  };

  const operator = ([name, operand]: [string, unknown]): Test => {
    count();
    const read = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (!read) throw bad(`There is no operator ${name}.`);
    return read(operand);
  };

  return object(json, MAX_DEPTH);
}

/** The key that all rows must have which suit, where it is as simple as that: rows lie under the words of their key. */
function keyOf(where: unknown, { key }: Columns): string | undefined {
  if (key === undefined || !isObject(where) || !Object.hasOwn(where, key)) return undefined;
  const value = where[key];
  return isScalar(value) && value !== null ? wordsOf(value) : undefined;
}

const badCondition = (column: string) => bad(`The condition of ${column} is neither a value nor an operator.`);

const isScalar = (json: unknown) => typeof json !== 'object' || json === null;

function is(json: unknown, column: string): Test {
  if (!isScalar(json)) throw badCondition(column);
  return (cell) => cell === json;
}

const OPERATORS: { readonly [name: string]: (operand: unknown) => Test } = {
  neq: (operand) => {
    if (!isScalar(operand)) throw bad('neq takes a string, number, boolean or null.');
    return (cell) => cell !== operand;
  },
  gt: ordered('gt', (order) => order > 0),
  gte: ordered('gte', (order) => order >= 0),
  lt: ordered('lt', (order) => order < 0),
  lte: ordered('lte', (order) => order <= 0),
  between: (operand) => {
    const [from, to] = Array.isArray(operand) && operand.length === 2 ? operand : [];
    if (compare(from, to) === undefined) throw bad('between takes an array of two strings or two numbers.');
    return (cell) => (compare(cell, from) ?? -1) >= 0 && (compare(cell, to) ?? 1) <= 0;
  },
  inq: (operand) => {
    const values = scalars('inq', operand);
    return (cell) => values.includes(cell);
  },
  nin: (operand) => {
    const values = scalars('nin', operand);
    return (cell) => !values.includes(cell);
  },
  like: (operand) => {
    if (typeof operand !== 'string') throw bad('like takes a string.');
    return (cell) => typeof cell === 'string' && like([...cell], [...operand]);
  },
};

function ordered(name: string, holds: (order: number) => boolean) {
  return (operand: unknown): Test => {
    if (typeof operand !== 'string' && typeof operand !== 'number') throw bad(`${name} takes a string or a number.`);
    return (cell) => {
      const order = compare(cell, operand);
      return order !== undefined && holds(order);
    };
  };
}

function scalars(name: string, operand: unknown): unknown[] {
  const fits = Array.isArray(operand) && operand.every(isScalar);
  if (!fits) throw bad(`${name} takes an array of strings, numbers, booleans and null.`);
  return operand;
}

/** Nothing: they are of different types, or of one without an order. */
function compare(cell: unknown, value: unknown): number | undefined {
  if (typeof cell === 'number' && typeof value === 'number') return cell - value;
  if (typeof cell === 'string' && typeof value === 'string') return compareTexts(cell, value);
  return undefined;
}

/** `%` is any characters, `_` one. Goes back to the last `%` only, so it takes no longer than pattern times text. */
function like(text: readonly string[], pattern: readonly string[]): boolean {
  let [at, of] = [0, 0];
  let back: { at: number; of: number } | undefined;
  while (at < text.length) {
    if (pattern[of] === '%') {
      back = { at, of };
      of += 1;
    } else if (pattern[of] === '_' || pattern[of] === text[at]) {
      at += 1;
      of += 1;
    } else if (back) {
      back = { at: back.at + 1, of: back.of };
      [at, of] = [back.at, back.of + 1];
    } else {
      return false;
    }
  }
  return pattern.slice(of).every((one) => one === '%');
}

/** Nothing and what was erased, then `false`, `true`, numbers, texts. */
const RANKS: { readonly [type: string]: number } = { boolean: 1, number: 2, string: 3, object: 4 };
const rank = (cell: unknown) => (cell === undefined || cell === null || cell === '' ? 0 : (RANKS[typeof cell] ?? 4));

function compareCells(left: unknown, right: unknown): number {
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  return rank(left) - rank(right) || (compare(left, right) ?? 0);
}

function compareRows(one: Row, other: Row, orders: readonly Order[]): number {
  for (const { column, down } of orders) {
    const order = compareCells(one[column], other[column]);
    if (order !== 0) return down ? -order : order;
  }
  return 0;
}
