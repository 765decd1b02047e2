import type { ExamState, PaperState, QuestionState, SeatStanding } from '@tongxin/contract/exams.words'
import { dateOf, Lamp, type LampState, say, timeOf } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_EXAMS } from './exams.api.ts'

const QUESTION: Readonly<Record<QuestionState, LampState>> = {
  draft: 'idle',
  submitted: 'warn',
  live: 'ok',
  returned: 'late',
  retired: 'idle',
}
const PAPER: Readonly<Record<PaperState, LampState>> = { draft: 'idle', released: 'ok', retired: 'idle' }
const EXAM: Readonly<Record<ExamState, LampState>> = {
  draft: 'idle',
  announced: 'info',
  closed: 'warn',
  released: 'ok',
  cancelled: 'idle',
}
const SEAT: Readonly<Record<SeatStanding, LampState>> = {
  waiting: 'idle',
  sitting: 'info',
  handed_in: 'info',
  passed: 'ok',
  failed: 'late',
  absent: 'late',
}

export function QuestionLamp({ state }: { state: QuestionState }) {
  const { t } = useTranslation()
  return <Lamp state={QUESTION[state]}>{t(`words.exams.questionState.${state}`)}</Lamp>
}
export function PaperLamp({ state }: { state: PaperState }) {
  const { t } = useTranslation()
  return <Lamp state={PAPER[state]}>{t(`words.exams.paperState.${state}`)}</Lamp>
}
export function ExamLamp({ state }: { state: ExamState }) {
  const { t } = useTranslation()
  return <Lamp state={EXAM[state]}>{t(`words.exams.examState.${state}`)}</Lamp>
}
export function SeatLamp({ state }: { state: SeatStanding }) {
  const { t } = useTranslation()
  return <Lamp state={SEAT[state]}>{t(`words.exams.standing.${state}`)}</Lamp>
}

/** Options of a filter or a field, in the words of the module. */
export function useChoices(): <V extends string>(values: readonly V[], of: string) => { value: V; label: string }[] {
  const { t } = useTranslation()
  return (values, of) => values.map((value) => ({ value, label: t(`words.exams.${of}.${value as string}`) }))
}

/** Reloads, says what happened, closes. */
export function useDone(onClose: () => void, textKey: string) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_EXAMS,
    onDone: () => {
      say(t(textKey))
      onClose()
    },
  }
}

/** Day and clock time in China: a window is read as it is written, not as hours from now. */
export const momentText = (instant: string): string => `${dateOf(instant)} ${timeOf(instant)}`
