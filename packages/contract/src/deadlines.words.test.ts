import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type DeadlineWords, deadlineTitle } from './deadlines.words.ts'

const folder = new URL('words/deadlines/', import.meta.url)
const wordsIn = (language: string) =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(`.${language}.json`))
      .map((name) => [
        name.split('.')[0] ?? '',
        JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as DeadlineWords,
      ]),
  )
const parametersOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

describe('words of deadlines', () => {
  const [chinese, english] = [wordsIn('zh-CN'), wordsIn('en')]

  it('are there for the same kinds with the same parameters in both languages', () => {
    const shape = (words: typeof chinese) =>
      [...words].map(([module, texts]) => [
        module,
        Object.fromEntries(Object.entries(texts).map(([kind, text]) => [kind, parametersOf(text)])),
      ])
    expect(Object.fromEntries(shape(english))).toEqual(Object.fromEntries(shape(chinese)))
  })

  it('stand in the file of their module, which has a name', () => {
    for (const [module, texts] of chinese) {
      expect(texts.module, module).toBeTruthy()
      const strays = Object.keys(texts).filter((kind) => kind !== 'module' && !kind.startsWith(`${module}.`))
      expect(strays).toEqual([])
    }
  })

  it('are filled with the parameters, and say the kind where there are none', () => {
    const words = new Map([['a', { module: '甲', 'a.b': '{{name}}：第 {{n}} 次{{gone}}' }]])
    expect(deadlineTitle(words, { kind: 'a.b', params: { name: '王', n: 2 } })).toBe('王：第 2 次—')
    expect(deadlineTitle(words, { kind: 'x.y', params: {} })).toBe('x.y')
  })
})
