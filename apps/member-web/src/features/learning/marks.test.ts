import type { MyCourse, ProgressMark } from '@tongxin/contract/learning.own'
import { describe, expect, it } from 'vitest'
import { resumeAt, withAnswers, withMark } from './marks.ts'

const block = (id: string) => ({ id, kind: 'text' as const, title: '', confirm: null, text: id })
const course = {
  chapters: [{ id: 'c', title: '一', blocks: [block('a'), block('b')] }],
  marks: [],
  done: 0,
  total: 2,
  state: 'begun',
  lastBlockId: null,
} as unknown as MyCourse
const mark = (blockId: string, more: Partial<ProgressMark> = {}): ProgressMark => ({
  id: crypto.randomUUID(),
  courseId: 'x',
  blockId,
  place: 0,
  isDone: true,
  choice: null,
  at: '2026-11-02T00:00:00.000Z',
  ...more,
})

describe('marks on the device', () => {
  it('finish the course with the last block and never undo what is done', () => {
    const once = withMark(course, mark('a'))
    expect(once).toMatchObject({ done: 1, state: 'begun', lastBlockId: 'a' })
    const again = withMark(once, mark('a', { isDone: false, place: 5, at: '2026-11-02T01:00:00.000Z' }))
    expect(again.marks).toMatchObject([{ isDone: true, place: 5 }])
    expect(withMark(again, mark('b')).state).toBe('completed')
  })
  it('lead back to where one was, or to what is not done', () => {
    expect(resumeAt(course)).toBe('a')
    expect(resumeAt(withMark(course, mark('b', { isDone: false })))).toBe('b')
    expect(resumeAt(withMark(course, mark('a')))).toBe('b')
  })
  it('take the answer of a question when it comes', () => {
    const chosen = withMark(course, mark('a', { choice: 0 }))
    expect(withAnswers(chosen, [{ blockId: 'a', right: 1, why: '因为' }]).marks).toMatchObject([
      { choice: 0, right: 1 },
    ])
  })
})
