import { describe, expect, it } from 'vitest'
import { bodyOf, NEW_POLL, NEW_QUESTION, type PollDraft, type QuestionDraft, wantingIn } from './poll.ts'

const poll = (question: Partial<QuestionDraft>, change: Partial<PollDraft> = {}): PollDraft => ({
  ...NEW_POLL,
  orgId: 'O1',
  title: '春游去哪里',
  questions: [{ ...NEW_QUESTION, title: '去哪里', options: '东湖\n西山', ...question }],
  ...change,
})

describe('a poll cannot be made', () => {
  it.each([
    ['org', poll({}, { orgId: '' }), 0],
    ['title', poll({}, { title: ' ' }), 0],
    ['percent', poll({}, { quorumPercent: '101' }), 0],
    ['percent', poll({}, { sharePercent: '0' }), 0],
    ['question', poll({ title: '' }), 1],
    ['options', poll({ options: '东湖' }), 1],
    ['twice', poll({ options: '东湖\n 东湖 ' }), 1],
    ['seats', poll({ kind: 'several', seats: '3' }), 1],
    ['seats', poll({ kind: 'approval', seats: '' }), 1],
  ] as const)('while %s is wanting', (key, draft, n) => {
    expect(wantingIn(draft)).toEqual({ key, n })
  })
})

describe('a poll that is filled in', () => {
  it('numbers questions and options in the order of the paper', () => {
    expect(wantingIn(poll({}))).toBeNull()
    expect(bodyOf(poll({})).questions).toEqual([
      {
        id: 'q1',
        kind: 'single',
        title: '去哪里',
        options: [
          { id: 'o1', label: '东湖', memberId: null },
          { id: 'o2', label: '西山', memberId: null },
        ],
        seats: 1,
        writeIn: false,
      },
    ])
  })
  it('asks for no share where none was given, and lets nobody change a secret vote', () => {
    expect(bodyOf(poll({}, { changeable: true }))).toMatchObject({
      quorumPercent: null,
      sharePercent: null,
      changeable: false,
    })
    expect(bodyOf(poll({}, { secrecy: 'named', changeable: true, sharePercent: '50' }))).toMatchObject({
      sharePercent: 50,
      changeable: true,
    })
  })
})
