import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleOf } from '@tongxin/ballot'
import { holdElection, SINGLE } from '@tongxin/ballot/test/sample'
import { REASONS } from '@tongxin/ballot-verifier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from './ballot.ts'
import { openTerminal, UsageError } from './terminal.ts'

const parent = mkdtempSync(join(tmpdir(), 'ballot-'))
const folder = join(parent, '公开 bundle')
let files: Record<string, Uint8Array>

beforeAll(async () => {
  const sample = await holdElection({
    voters: 3,
    drafts: [SINGLE],
    deed: (voter) => (voter === 0 ? 'absent' : { picks: ['a'], write_ins: [] }),
  })
  files = bundleOf(sample, sample.sign)
  mkdirSync(folder)
  restore()
})
afterAll(() => rmSync(parent, { recursive: true }))

function restore() {
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
}

const terminals = { en: openTerminal('en'), 'zh-CN': openTerminal('zh-CN') }

async function called(language: 'en' | 'zh-CN', ...args: string[]) {
  const [answers, errors]: [string[], string[]] = [[], []]
  const terminal = {
    ...terminals[language],
    cwd: parent,
    answer: (text: string) => void answers.push(text),
    progress: (text: string) => void errors.push(text),
  }
  const code = await run(args, terminal)
  return { code, answer: answers.join('\n'), error: errors.join('\n') }
}

describe('ballot verify', () => {
  it.each([[[]], [['count']], [['verify']], [['verify', 'a', 'b']], [['verify', 'a', '--root', '苹果 香蕉']]])(
    'asks for its arguments: %j',
    async (args) => {
      await expect(called('en', ...args)).rejects.toThrow(UsageError)
    },
  )

  it.each(['nowhere', '.'])('exits 2 for a folder without a bundle: %s', async (name) => {
    const { code, answer, error } = await called('en', 'verify', name)
    expect({ code, answer }).toEqual({ code: 2, answer: '' })
    expect(JSON.parse(error)).toMatchObject({ code: 'ballot.unreadable', fields: [{ field: 'DIR' }] })
  })

  it('exits 1 and names file, line and reason in the language of the reader', async () => {
    const leaves = Uint8Array.from(files['leaves.jsonl'] as Uint8Array)
    leaves[leaves.indexOf(10) + 20] = 0x21
    writeFileSync(join(folder, 'leaves.jsonl'), leaves)
    const english = await called('en', 'verify', folder)
    const chinese = await called('zh-CN', 'verify', folder)
    const json = await called('en', 'verify', folder, '--json')
    restore()
    expect(english.code).toBe(1)
    expect(english.answer).toMatch(/^NOT valid: leaves\.jsonl, line 2: /)
    expect(chinese.answer).toMatch(/^校验不通过：leaves\.jsonl（第 2 行）：/)
    expect(JSON.parse(json.answer)).toMatchObject({ valid: false, file: 'leaves.jsonl', place: 'line 2' })
  })

  it('exits 0 with the count, and the root in the words of the minutes', async () => {
    const { code, answer } = await called('en', 'verify', folder)
    expect(code).toBe(0)
    expect(answer).toContain('issued 2, returned 2, valid 2, invalid 0')
    const read = JSON.parse((await called('en', 'verify', folder, '--json')).answer)
    expect(read).toMatchObject({ valid: true, size: 4, questions: [{ issued: 2, returned: 2 }] })
    expect(read.words).toHaveLength(8)
    expect(answer).toContain(read.words.join(' '))
    expect((await called('en', 'verify', folder, '--root', read.words.join(' '))).code).toBe(0)
    expect((await called('en', 'verify', folder, '--root', read.root)).code).toBe(0)
  })

  it('exits 1 for good files of other minutes', async () => {
    const { code, answer } = await called('en', 'verify', folder, '--root', 'A'.repeat(43))
    expect(code).toBe(1)
    expect(answer).toContain('not the files of those minutes')
  })

  it('has words for every reason in both languages', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const { text } = terminals[language]
      const silent = [...REASONS, 'other_root'].filter((reason) =>
        text(`ballot.why.${reason}`).startsWith('ballot.why'),
      )
      expect(silent).toEqual([])
    }
  })
})
