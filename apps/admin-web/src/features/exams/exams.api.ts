import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { Search } from '@tongxin/client/screen'
import { listExamTopics, listQuestions, readQuestion } from '@tongxin/contract/exams'
import { listAppeals, listMarking, nextScript } from '@tongxin/contract/exams.marking'
import { listPapers, readPaper, readPaperFigures } from '@tongxin/contract/exams.papers'
import { listExams, listSeats, readExam, readExamFigures } from '@tongxin/contract/exams.sessions'
import { listQuery } from '../../shared/list/list-search.ts'

export const questionsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['exams', 'questions', search],
    queryFn: ({ signal }) => call(listQuestions, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const questionQuery = (id: string) =>
  queryOptions({
    queryKey: ['exams', 'question', id],
    queryFn: ({ signal }) => call(readQuestion, { params: { id }, signal }),
  })
/** Live questions by their words, to choose from. */
export const liveQuestionsQuery = (text: string) =>
  queryOptions({
    queryKey: ['exams', 'live', text],
    queryFn: async ({ signal }) =>
      (
        await call(listQuestions, {
          query: { limit: 50, state: 'live', sort: 'topic', ...(text ? { text } : {}) },
          signal,
        })
      ).rows,
  })
export const topicsQuery = queryOptions({
  queryKey: ['exams', 'topics'],
  queryFn: async ({ signal }) => (await call(listExamTopics, { signal })).rows,
})
export const papersQuery = (search: Search) =>
  queryOptions({
    queryKey: ['exams', 'papers', search],
    queryFn: ({ signal }) => call(listPapers, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const paperQuery = (id: string) =>
  queryOptions({
    queryKey: ['exams', 'paper', id],
    queryFn: ({ signal }) => call(readPaper, { params: { id }, signal }),
  })
export const figuresQuery = (of: 'paper' | 'exam', id: string) =>
  queryOptions({
    queryKey: ['exams', 'figures', of, id],
    queryFn: ({ signal }) => call(of === 'paper' ? readPaperFigures : readExamFigures, { params: { id }, signal }),
  })
/** Released papers for exams, to plan one with. */
export const examPapersQuery = queryOptions({
  queryKey: ['exams', 'papers', 'released'],
  queryFn: async ({ signal }) =>
    (await call(listPapers, { query: { limit: 100, purpose: 'session', state: 'released' }, signal })).rows,
})
export const examsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['exams', 'sessions', search],
    queryFn: ({ signal }) => call(listExams, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })
export const examQuery = (id: string) =>
  queryOptions({
    queryKey: ['exams', 'session', id],
    queryFn: ({ signal }) => call(readExam, { params: { id }, signal }),
  })
export const seatsQuery = (id: string, search: Search) =>
  queryOptions({
    queryKey: ['exams', 'seats', id, search],
    queryFn: ({ signal }) => {
      const { standing, text, cursor } = search
      const query = {
        limit: 100,
        ...(standing ? { standing } : {}),
        ...(text ? { text } : {}),
        ...(cursor ? { cursor } : {}),
      }
      return call(listSeats, { params: { id }, query: query as never, signal })
    },
    placeholderData: keepPreviousData,
  })
export const markingQuery = queryOptions({
  queryKey: ['exams', 'marking'],
  queryFn: async ({ signal }) => (await call(listMarking, { signal })).rows,
})
export const scriptQuery = (kind: 'session' | 'quiz', id: string) =>
  queryOptions({
    queryKey: ['exams', 'script', kind, id],
    gcTime: 0,
    queryFn: ({ signal }) => call(nextScript, { params: { kind, id }, signal }),
  })
export const appealsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['exams', 'appeals', search],
    queryFn: ({ signal }) => call(listAppeals, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

export const ALL_EXAMS = [['exams'], ['workbench']] as const
