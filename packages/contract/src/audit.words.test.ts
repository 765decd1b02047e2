import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type EventWords, eventWordsOf, type ModuleWords, sentenceOf, typesSaying } from './audit.sentence.ts'

const folder = new URL('.', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, folder), 'utf8')

/** Types alone leave nothing to look at when the tests run, so the declarations are read as text: type to its members. */
function declaredEvents(): Map<string, readonly string[]> {
  const declared = new Map<string, readonly string[]>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.events.ts'))) {
    const text = read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    const heads = [...text.matchAll(/'([a-z]+\.[a-z_]+)':/g)]
    for (const [index, head] of heads.entries()) {
      const body = text.slice(head.index + head[0].length, heads[index + 1]?.index)
      declared.set(
        head[1] ?? '',
        [...body.matchAll(/(\w+)\??:/g)].map(([, member = '']) => member),
      )
    }
  }
  return declared
}

const modulesIn = (language: string) =>
  readdirSync(new URL('words/events/', folder))
    .filter((name) => name.endsWith(`.${language}.json`))
    .map((name) => [name.split('.')[0] ?? '', JSON.parse(read(`words/events/${name}`)) as ModuleWords] as const)
const wordsIn = (language: 'zh-CN' | 'en'): EventWords =>
  eventWordsOf(
    language,
    modulesIn(language),
    JSON.parse(read(`words/audit.${language}.json`)).yesNo,
    JSON.parse(read(`words/members.${language}.json`)).fields,
  )

const declared = declaredEvents()

describe.each(['zh-CN', 'en'] as const)('sentences of events in %s', (language) => {
  const sentences = new Map(modulesIn(language).flatMap(([, words]) => Object.entries(words.sentences)))

  it('exist for every event and for nothing else', () => {
    expect([...sentences.keys()].sort()).toEqual([...declared.keys()].sort())
  })
  it('stand in the file of their module', () => {
    const strays = modulesIn(language).flatMap(([module, words]) =>
      Object.keys(words.sentences).filter((type) => !type.startsWith(`${module}.`)),
    )
    expect(strays).toEqual([])
  })
  it('name only members of the payload', () => {
    const unknown = [...sentences].flatMap(([type, sentence]) =>
      [...sentence.matchAll(/\{\{(\w+)\}\}/g)]
        .map(([, name = '']) => name)
        .filter((name) => !declared.get(type)?.includes(name))
        .map((name) => `${type} ${name}`),
    )
    expect(unknown).toEqual([])
  })
})

describe('sentenceOf', () => {
  const zh = wordsIn('zh-CN')
  const en = wordsIn('en')

  it('shows the type of an event that it does not know, and a dash for what is missing', () => {
    expect(sentenceOf({ type: 'later.happened', payload: {} }, zh)).toBe('later.happened')
    expect(sentenceOf({ type: 'members.revealed', payload: {} }, zh)).toBe('查看敏感信息：—')
  })
  it('reads codes, fields, lists, truth values and instants as people do', () => {
    const corrected = { type: 'members.corrected', payload: { fields: ['idNumber', 'phone'] } }
    expect(sentenceOf(corrected, zh)).toBe('更正档案：公民身份号码、手机号码')
    expect(
      sentenceOf(
        { type: 'meetings.planned', payload: { kinds: ['themeDay'], startsAt: '2026-11-02T16:30:00.000Z' } },
        zh,
      ),
    ).toBe('计划会议：主题党日，2026-11-03 00:30')
    expect(sentenceOf({ type: 'access.grant_ended', payload: { role: 'branch_secretary' } }, en)).toBe(
      'Ended a grant: branch secretary',
    )
    expect(sentenceOf({ type: 'meetings.leave_decided', payload: { isGranted: false } }, en)).toBe(
      'Decided on a leave; granted: no',
    )
  })
  it('does not read a payload as a template', () => {
    expect(
      sentenceOf({ type: 'org.renamed', payload: { name: '{{effectiveOn}}$&', effectiveOn: '2026-01-01' } }, zh),
    ).toBe('更名为“{{effectiveOn}}$&”，自 2026-01-01 起')
  })
  it('finds types by what people read in either language', () => {
    expect(typesSaying('敏感信息', [zh, en])).toEqual(['members.revealed'])
    expect(typesSaying('SENSITIVE', [zh, en])).toEqual(['members.revealed'])
    expect(typesSaying('no such words', [zh, en])).toEqual([])
  })
})
