// The work of `../src/work.rs` on Emmett's in-memory store, as its documentation writes it: a command handler that
// folds the stream, decides, and appends. The read models are plain maps that are told of every event.
import { CommandHandler, getInMemoryEventStore, IllegalStateError } from '@event-driven-io/emmett';

const [items, people, rounds] = process.argv.slice(2).map(Number);

const initialState = () => ({ happened: new Set() });
const evolve = (state, event) => {
  state.happened.add(event.type);
  return state;
};
const handle = CommandHandler({ evolve, initialState });

function required(failures, data, ...fields) {
  for (const field of fields) {
    if (!data[field]) failures.push({ field, msg: `${field} is a required field.` });
  }
}

function refuse(failures) {
  if (failures.length > 0) throw new IllegalStateError(JSON.stringify({ message: failures }));
}

const commands = {
  RegisterUser: {
    stream: (data) => `User-${data.userId}`,
    decide: (data) => () => {
      const failures = [];
      required(failures, data, 'userId');
      refuse(failures);
      return [{ type: 'UserRegistered', data: { userId: data.userId, name: data.name } }];
    },
  },
  AddItem: {
    stream: (data) => `Todo-${data.todoId}`,
    decide: (data, tables) => () => {
      const failures = [];
      if (!tables.UserLookup.has(data.userId)) failures.push({ field: 'userId', msg: 'userId does not exist.' });
      required(failures, data, 'todoId', 'description');
      refuse(failures);
      const { todoId, userId, description, dueDate } = data;
      return [{ type: 'TodoAdded', data: { todoId, userId, description, dueDate } }];
    },
  },
  RenameItem: {
    stream: (data) => `Todo-${data.todoId}`,
    decide: (data) => (state) => {
      const failures = [];
      required(failures, data, 'todoId', 'description');
      precondition(failures, state, 'RenameItem', 'TodoAdded', true);
      refuse(failures);
      return [{ type: 'TodoRenamed', data: { todoId: data.todoId, description: data.description } }];
    },
  },
  CompleteItem: {
    stream: (data) => `Todo-${data.todoId}`,
    decide: (data) => (state) => {
      const failures = [];
      required(failures, data, 'todoId');
      precondition(failures, state, 'CompleteItem', 'TodoAdded', true);
      precondition(failures, state, 'CompleteItem', 'TodoCompleted', false);
      refuse(failures);
      return [{ type: 'TodoCompleted', data: { todoId: data.todoId, isComplete: data.isComplete } }];
    },
  },
};

function precondition(failures, state, command, event, wanted) {
  if (state.happened.has(event) === wanted) return;
  failures.push({ field: '', msg: `Cannot ${command}. ${event} must ${wanted ? '' : 'not '}have occurred.` });
}

const TABLES = {
  UserLookup: { key: 'userId', events: ['UserRegistered'], columns: ['userId', 'name'] },
  TODOList: {
    key: 'todoId',
    events: ['TodoAdded', 'TodoRenamed', 'TodoCompleted'],
    columns: ['todoId', 'description', 'dueDate', 'isComplete'],
  },
};

function project(tables, event) {
  for (const [name, { key, events, columns }] of Object.entries(TABLES)) {
    if (!events.includes(event.type)) continue;
    const rows = tables[name];
    let row = rows.get(event.data[key]);
    if (!row) {
      row = Object.fromEntries(columns.map((column) => [column, '']));
      rows.set(event.data[key], row);
    }
    for (const column of columns) {
      if (event.data[column] !== undefined) row[column] = event.data[column];
    }
  }
}

const empty = () => ({ UserLookup: new Map(), TODOList: new Map() });

function* work() {
  for (let user = 0; user < people; user++) {
    yield ['RegisterUser', { userId: `${user}`, name: `Person ${user}` }];
  }
  for (let item = 0; item < items; item++) {
    const todoId = `${item}`;
    const userId = `${item % people}`;
    yield ['AddItem', { todoId, userId, description: `Buy milk, bottle ${item}`, dueDate: '2026-12-24' }];
    yield ['RenameItem', { todoId, description: `Buy oat milk, bottle ${item}` }];
    yield ['CompleteItem', { todoId, isComplete: 'true' }];
    yield ['CompleteItem', { todoId, isComplete: 'true' }];
  }
}

async function round() {
  const list = [...work()];
  const store = getInMemoryEventStore();
  const tables = empty();
  const streams = new Set();
  let accepted = 0;
  let rejected = 0;
  let started = performance.now();
  for (const [name, data] of list) {
    const { stream, decide } = commands[name];
    const id = stream(data);
    try {
      const { newEvents } = await handle(store, id, decide(data, tables));
      for (const event of newEvents) project(tables, event);
      streams.add(id);
      accepted++;
    } catch (error) {
      if (!(error instanceof IllegalStateError)) throw error;
      rejected++;
    }
  }
  const commandSeconds = (performance.now() - started) / 1000;

  started = performance.now();
  const again = empty();
  let events = 0;
  for (const id of streams) {
    const stream = await store.readStream(id);
    for (const event of stream.events) {
      project(again, event);
      events++;
    }
  }
  const projectSeconds = (performance.now() - started) / 1000;
  const rows = again.UserLookup.size + again.TODOList.size;
  return { commands: list.length, accepted, rejected, events, rows, commandSeconds, projectSeconds };
}

for (let i = 0; i < rounds; i++) console.log(JSON.stringify(await round()));
