import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Refusal } from '@tongxin/contract/refusal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from './rules.ts'
import { openTerminal, UsageError } from './terminal.ts'

const VECTORS = join(import.meta.dirname, '../../../../test-data/domain/vectors.json')
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rules-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

/** Calls the command with standard output and error caught. */
async function called(...args: string[]) {
  const answers: string[] = []
  const errors: string[] = []
  const terminal = {
    ...openTerminal('en'),
    cwd: folder,
    answer: (text: string) => void answers.push(text),
    progress: (text: string) => void errors.push(text),
  }
  const code = await run(args, terminal)
  return { code, answer: answers.join('\n'), error: errors.join('\n') }
}

describe('rules eval', () => {
  it.each([[[]], [['eval']], [['eval', 'a', 'b']], [['guess', 'a']]])('asks for its arguments: %j', async (args) => {
    await expect(called(...args)).rejects.toThrow(UsageError)
  })

  it.each([
    ['missing.json', undefined, 'rules.file_unreadable'],
    ['text.json', 'not json', 'rules.file_not_json'],
    ['other.json', '{"groups":[{"function":"addMonths"}]}', 'rules.file_wrong_shape'],
  ])('refuses %s with exit 2 and says what to do', async (name, content, code) => {
    if (content !== undefined) await writeFile(join(folder, name), content)
    const result = await called('eval', name)
    expect(result).toMatchObject({ code: 2, answer: '' })
    const problem = JSON.parse(result.error)
    expect(problem).toMatchObject({ code, fields: [{ field: 'FILE' }] })
    expect(problem.reason).toContain(name)
    expect(problem.remedy).not.toBe('')
  })

  it('exits 1 and lists what differs when a case fails', async () => {
    const cases = [{ id: 'X#1', input: { date: '2026-01-31', months: 1 }, expected: '2026-03-03' }]
    await writeFile(join(folder, 'wrong.json'), JSON.stringify({ groups: [{ function: 'addMonths', cases }] }))
    const { code, answer } = await called('eval', 'wrong.json')
    expect(code).toBe(1)
    expect(JSON.parse(answer)).toEqual({
      cases: 1,
      passed: 0,
      failed: [{ id: 'X#1', expected: '2026-03-03', actual: '2026-02-28' }],
    })
  })

  it.each(['America/Los_Angeles', 'Pacific/Kiritimati'])('passes every vector in the zone %s', async (TZ) => {
    const main = join(import.meta.dirname, 'main.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [main, 'rules', 'eval', VECTORS], { env: { TZ } })
    expect(JSON.parse(stdout)).toEqual({ cases: 298, passed: 298, failed: [] })
  })
})

describe('rules explain', () => {
  it('refuses an unknown rule and names the ones of its area', async () => {
    const refused = await called('explain', 'BR-99').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refusal)
    expect(refused).toMatchObject({ code: 'rules.unknown_rule', detail: { id: 'BR-99' } })
    expect((refused as Refusal).detail.near).toContain('BR-7')
  })

  it('prints text and source in both languages', async () => {
    const { code, answer } = await called('explain', 'br-7')
    expect(code).toBe(0)
    expect(answer).toContain('《中国共产党支部工作条例（试行）》（2018年）第十一条')
    expect(answer).toContain('art. 11')
  })
})
