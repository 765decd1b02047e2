import { type Static, Type } from 'typebox'
import { Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** 单选, 多选, 判断, 填空, 简答. All but the last are marked by the machine. */
export const EXAM_QUESTION_KINDS = ['single', 'multiple', 'truth', 'blank', 'short'] as const
export type QuestionKind = (typeof EXAM_QUESTION_KINDS)[number]
export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const
export type Difficulty = (typeof DIFFICULTIES)[number]
/** Of the newest version; a question that was live once stays in use with its last live version. */
export const QUESTION_STATES = ['draft', 'submitted', 'live', 'returned', 'retired'] as const
export type QuestionState = (typeof QUESTION_STATES)[number]

export const PAPER_PURPOSES = ['quiz', 'session'] as const
export type PaperPurpose = (typeof PAPER_PURPOSES)[number]
/** `fixed`: the same questions for everybody. `drawn`: by topic and difficulty, for each sitting anew. */
export const PAPER_WAYS = ['fixed', 'drawn'] as const
export type PaperWay = (typeof PAPER_WAYS)[number]
export const PAPER_STATES = ['draft', 'released', 'retired'] as const
export type PaperState = (typeof PAPER_STATES)[number]
/**
 * What a 多选 answer earns that is not quite right: nothing; half when nothing chosen is wrong; the share of what was
 * found when nothing chosen is wrong. Always rounded down to whole points.
 */
export const PARTIAL_RULES = ['none', 'half', 'share'] as const
export type PartialRule = (typeof PARTIAL_RULES)[number]

export const EXAM_STATES = ['draft', 'announced', 'closed', 'released', 'cancelled'] as const
export type ExamState = (typeof EXAM_STATES)[number]
/** Where one person stands in an exam. */
export const SEAT_STANDINGS = ['waiting', 'sitting', 'handed_in', 'passed', 'failed', 'absent'] as const
export type SeatStanding = (typeof SEAT_STANDINGS)[number]
export const SITTING_STATES = ['running', 'submitted', 'marked'] as const
export type SittingState = (typeof SITTING_STATES)[number]
export const EXAM_FORMS = ['seats', 'results'] as const
export type ExamForm = (typeof EXAM_FORMS)[number]

export const ExamText = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
export const ExamWhy = Type.String({ minLength: 2, maxLength: 1000, pattern: '\\S' })
export const AtExam = strict({ id: Id })

/** What is asked. 填空 marks each gap with `____` in the stem; 判断 has no options of its own. */
export const QuestionBody = strict({
  stem: ExamText(2000),
  options: Type.Array(ExamText(500), { maxItems: 10 }),
})
export type QuestionBody = Static<typeof QuestionBody>

/**
 * What is right. `choices` are places in `options` (判断: 0 for right, 1 for wrong), `blanks` the accepted texts of each
 * gap, `reference` the points that an answer in words should have. Never in an answer to somebody who has yet to sit.
 */
export const QuestionKey = strict({
  choices: Type.Array(Type.Integer({ minimum: 0, maximum: 9 }), { maxItems: 10 }),
  blanks: Type.Array(Type.Array(ExamText(200), { minItems: 1, maxItems: 10 }), { maxItems: 10 }),
  reference: nullable(Type.String({ maxLength: 4000 })),
})
export type QuestionKey = Static<typeof QuestionKey>

/** What somebody answered: places in the options as they were shown, the texts of the gaps, or words. */
export const ExamResponse = strict({
  choices: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 9 }), { maxItems: 10 })),
  blanks: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 10 })),
  text: Type.Optional(Type.String({ maxLength: 8000 })),
})
export type ExamResponse = Static<typeof ExamResponse>

/** How a sitting stands in short: for lists on the phone and for the page of a course. */
export const SittingCard = Type.Object({
  id: Id,
  attempt: Type.Integer(),
  state: oneOf(SITTING_STATES),
  startedAt: InstantAt,
  endsAt: nullable(InstantAt),
  submittedAt: nullable(InstantAt),
  /** Null until the result may be seen. */
  points: nullable(Type.Integer()),
  most: Type.Integer(),
  passed: nullable(Type.Boolean()),
})
export type SittingCard = Static<typeof SittingCard>
