import { queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { UnreachedError } from '@tongxin/client/refused-error'
import { listMyExams, type OwnSitting, readMyQuiz, readMyResult, readMySitting } from '@tongxin/contract/exams.own'
import { keepSheet, keptSheet } from './kept-answers.ts'

export const myExams = queryOptions({
  queryKey: ['exams', 'mine'],
  queryFn: ({ signal }) => call(listMyExams, { signal }),
})

export const myQuiz = (paperId: string) =>
  queryOptions({
    queryKey: ['exams', 'quiz', paperId],
    queryFn: ({ signal }) => call(readMyQuiz, { params: { id: paperId }, signal }),
  })

/** The sheet; without a network the one that this device has kept. Never reloaded while somebody writes on it. */
export const mySitting = (id: string) =>
  queryOptions({
    queryKey: ['exams', 'sitting', id],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: async ({ signal }): Promise<OwnSitting> => {
      try {
        const sheet = await call(readMySitting, { params: { id }, signal })
        keepSheet(sheet)
        return sheet
      } catch (error) {
        const kept = error instanceof UnreachedError ? keptSheet(id) : null
        if (kept) return kept
        throw error
      }
    },
  })

export const myResult = (id: string) =>
  queryOptions({
    queryKey: ['exams', 'result', id],
    queryFn: ({ signal }) => call(readMyResult, { params: { id }, signal }),
  })

export const ALL_EXAMS = [
  ['exams', 'mine'],
  ['exams', 'quiz'],
  ['exams', 'result'],
] as const
