// Reads coded or bare utterances, one JSON object in a line, from standard
// input; tokenises each and takes its sentiment, ten times over; prints how
// many utterances a second the median of the ten is.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'

const require = createRequire(import.meta.url)
const nlp = require('wink-nlp')(require('wink-eng-lite-web-model'), ['sbd', 'negation', 'sentiment'])
const { its } = nlp
const texts = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line).text)

const speeds = []
let tokens = 0
for (let round = 0; round < 11; round++) {
  const begin = process.hrtime.bigint()
  tokens = 0
  for (const text of texts) {
    const doc = nlp.readDoc(text)
    tokens += doc.tokens().length()
    doc.out(its.sentiment)
  }
  if (round > 0) speeds.push(texts.length / (Number(process.hrtime.bigint() - begin) / 1e9)) // the first warms up
}
speeds.sort((a, b) => a - b)
console.log(JSON.stringify({ utterances: texts.length, tokens, perSecond: Math.round(speeds[speeds.length / 2]) }))
