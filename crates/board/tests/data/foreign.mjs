// Writes foreign.json: documents as unmodified Yjs clients could write them, each as one update (hex).
// Run with Yjs installed: node foreign.mjs > foreign.json
import * as Y from 'yjs'

const cases = {
  'only a shared text': (lines) => lines.set('a', new Y.Map([['text', new Y.Text('Todo Added')]])),
  'the text as plain string': (lines) => lines.set('a', new Y.Map([['text', 'Todo Added']])),
  'a plain object': (lines) => lines.set('a', { text: 'Todo Added', ord: 'V', pos: [1, 2] }),
  'a bare shared text': (lines) => lines.set('a', new Y.Text('Todo Added')),
  'a bare string': (lines) => lines.set('a', 'Todo Added'),
  'a pair as shared array': (lines) => lines.set('a', new Y.Map([['text', new Y.Text('Todo Added')], ['pos', Y.Array.from([1, 2])]])),
  'no text at all': (lines) => lines.set('a', new Y.Map([['ord', 'V']])),
  'numbers for everything': (lines) => lines.set('a', new Y.Map(['text', 'ord', 'of', 'pos', 'gone', 'by'].map((key) => [key, 7]))),
  'a place of strings': (lines) => lines.set('a', new Y.Map([['text', new Y.Text('Todo Added')], ['pos', ['1', '2']]])),
  'a place that is no number': (lines) => lines.set('a', new Y.Map([['text', new Y.Text('Todo Added')], ['pos', [NaN, Infinity]]])),
  'line breaks inside': (lines) => lines.set('a', new Y.Map([['text', new Y.Text('Todo\nAdded')]])),
  'nested junk': (lines) => lines.set('a', new Y.Map([['text', new Y.Map([['text', new Y.Array()]])], ['ord', new Y.Map()], ['pos', new Y.Text('x')], ['junk', { a: [{ b: [] }] }]])),
  'an embed in the text': (lines) => {
    const text = new Y.Text('Todo Added')
    lines.set('a', new Y.Map([['text', text]]))
    text.insertEmbed(4, { image: 'x' })
    text.format(0, 4, { bold: true })
  },
  'a number and null for lines': (lines) => { lines.set('a', 7); lines.set('b', null) },
  'owners in a circle': (lines) => {
    lines.set('a', new Y.Map([['text', new Y.Text('One')], ['of', 'b']]))
    lines.set('b', new Y.Map([['text', new Y.Text('Two')], ['of', 'a']]))
    lines.set('c', new Y.Map([['text', new Y.Text('Three')], ['of', 'c']]))
    lines.set('d', new Y.Map([['text', new Y.Text('Four')], ['of', 'nobody']]))
  },
  'an xml text': (lines) => lines.set('a', new Y.Map([['text', new Y.XmlText('Todo')]])),
  'junk in the other maps': (lines, doc) => {
    lines.set('a', new Y.Map([['text', new Y.Text('Todo Added')]]))
    doc.getMap('people').set('p', 'Ann')
    doc.getMap('people').set('q', { name: 7, colour: 'red' })
    doc.getMap('board').set('format', 'new')
    doc.getMap('marks').set('m', [1, [2, [3]]])
  },
}

const out = {}
for (const [name, write] of Object.entries(cases)) {
  const doc = new Y.Doc()
  doc.clientID = 77
  doc.transact(() => write(doc.getMap('lines'), doc))
  out[name] = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('hex')
}
// What a Yjs client does to a board that is there: rename, move, delete.
const doc = new Y.Doc()
doc.clientID = 77
const lines = doc.getMap('lines')
for (const [id, ord] of [['a', 'A'], ['b', 'B'], ['c', 'C']]) lines.set(id, new Y.Map([['text', new Y.Text(`${id} Event`)], ['ord', ord]]))
const updates = [Buffer.from(Y.encodeStateAsUpdate(doc)).toString('hex')]
doc.on('update', (update) => updates.push(Buffer.from(update).toString('hex')))
lines.get('a').get('text').insert(1, '😀')
lines.get('b').set('ord', 'D')
lines.delete('c')
lines.get('a').set('text', new Y.Text('again'))
doc.transact(() => { lines.get('a').get('text').insert(5, '!'); lines.delete('a') })
out['a session'] = updates
console.log(JSON.stringify(out, null, 1))
