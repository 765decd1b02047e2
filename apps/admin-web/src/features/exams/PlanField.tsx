import { useQuery } from '@tanstack/react-query'
import type { DrawLine } from '@tongxin/contract/exams.papers'
import { DIFFICULTIES, EXAM_QUESTION_KINDS } from '@tongxin/contract/exams.words'
import { Button, Select, TextInput } from '@tongxin/ui'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { topicsQuery } from './exams.api.ts'
import { useChoices } from './words.tsx'

const NEW: DrawLine = { topic: null, difficulty: null, kind: null, count: 5, points: 2 }

/** How a paper is drawn: so many of a topic, a difficulty, a kind; beside it how many there are to draw from. */
export function PlanField({ plan, onChange }: { plan: readonly DrawLine[]; onChange: (plan: DrawLine[]) => void }) {
  const { t } = useTranslation()
  const choices = useChoices()
  const { data: pool } = useQuery(topicsQuery)
  const topics = [...new Set((pool ?? []).map(({ topic }) => topic))].map((value) => ({ value, label: value }))
  const set = (at: number, change: Partial<DrawLine>) =>
    onChange(plan.map((line, place) => (place === at ? { ...line, ...change } : line)))
  const stock = (line: DrawLine) =>
    (pool ?? [])
      .filter((one) => line.topic === null || one.topic === line.topic)
      .filter((one) => line.difficulty === null || one.difficulty === line.difficulty)
      .filter((one) => line.kind === null || one.kind === line.kind)
      .reduce((sum, { questions }) => sum + questions, 0)
  const whole = (text: string) => Number(text.replace(/\D/g, '').slice(0, 3))
  return (
    <fieldset className="exam-plan">
      <legend>{t('exams.plan')}</legend>
      {plan.map((line, at) => (
        <div key={`line-${at + 1}`} className="exam-row">
          <Select
            label={t('exams.topic')}
            value={line.topic ?? ''}
            options={topics}
            whenEmpty={t('exams.any')}
            onChange={(topic) => set(at, { topic: topic || null })}
          />
          <Select
            label={t('exams.difficulty')}
            value={line.difficulty ?? ''}
            options={choices(DIFFICULTIES, 'difficulty')}
            whenEmpty={t('exams.any')}
            onChange={(difficulty) => set(at, { difficulty: difficulty || null })}
          />
          <Select
            label={t('exams.kind')}
            value={line.kind ?? ''}
            options={choices(EXAM_QUESTION_KINDS, 'kind')}
            whenEmpty={t('exams.any')}
            onChange={(kind) => set(at, { kind: kind || null })}
          />
          <TextInput
            label={t('exams.count')}
            help={t('exams.stock', { count: stock(line) })}
            inputMode="numeric"
            value={`${line.count}`}
            onChange={(text) => set(at, { count: whole(text) })}
          />
          <TextInput
            label={t('exams.pointsEach')}
            inputMode="numeric"
            value={`${line.points}`}
            onChange={(text) => set(at, { points: whole(text) })}
          />
          <Button kind="quiet" onClick={() => onChange(plan.filter((_, place) => place !== at))}>
            {t('exams.removeLine', { n: at + 1 })}
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange([...plan, NEW])}>
        <Plus size="1.1em" aria-hidden="true" /> {t('exams.addLine')}
      </Button>
    </fieldset>
  )
}
