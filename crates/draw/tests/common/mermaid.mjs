// A list of diagrams on the standard input; for each the number of its frames, or why it was not understood.
import { parse } from '@mermaid-js/parser';
let text = '';
for await (const part of process.stdin) text += part;
const answers = [];
for (const diagram of JSON.parse(text)) {
  try {
    answers.push((await parse('eventmodeling', diagram)).frames.length);
  } catch (error) {
    answers.push(String(error.message));
  }
}
console.log(JSON.stringify(answers));
