import { useQuery } from '@tanstack/react-query'
import type { QuestionKind } from '@tongxin/contract/exams.words'
import { Button, Field, RefusalText, TextInput } from '@tongxin/ui'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { liveQuestionsQuery } from './exams.api.ts'

export type Chosen = {
  readonly questionId: string
  readonly stem: string
  readonly kind: QuestionKind
  readonly points: number
}
const POINTS: Readonly<Record<QuestionKind, number>> = { single: 2, multiple: 4, truth: 2, blank: 2, short: 10 }

/** The questions of a fixed paper in their order: found by their words, each with its points. */
export function ItemsField({ items, onChange }: { items: readonly Chosen[]; onChange: (items: Chosen[]) => void }) {
  const { t } = useTranslation()
  const move = (from: number, to: number) => {
    const next = [...items]
    const [one] = next.splice(from, 1)
    if (one) next.splice(to, 0, one)
    onChange(next)
  }
  return (
    <Field label={t('exams.items')} required>
      {(wiring) => (
        <div id={wiring.id} className="exam-items">
          <ol>
            {items.map((one, at) => (
              <li key={one.questionId}>
                <span className="exam-stem">{one.stem}</span>
                <input
                  className="tx-input"
                  inputMode="numeric"
                  aria-label={t('exams.pointsOf', { n: at + 1 })}
                  value={one.points}
                  onChange={(event) => {
                    const points = Number(event.target.value.replace(/\D/g, '').slice(0, 3))
                    onChange(items.map((other, place) => (place === at ? { ...other, points } : other)))
                  }}
                />
                <Button
                  kind="quiet"
                  aria-label={t('exams.up', { n: at + 1 })}
                  onClick={() => move(at, Math.max(0, at - 1))}
                >
                  <ArrowUp size="1em" aria-hidden="true" />
                </Button>
                <Button kind="quiet" aria-label={t('exams.down', { n: at + 1 })} onClick={() => move(at, at + 1)}>
                  <ArrowDown size="1em" aria-hidden="true" />
                </Button>
                <Button
                  kind="quiet"
                  aria-label={t('exams.takeOut', { n: at + 1 })}
                  onClick={() => onChange(items.filter((_, place) => place !== at))}
                >
                  <X size="1em" aria-hidden="true" />
                </Button>
              </li>
            ))}
          </ol>
          <Finder items={items} onAdd={(one) => onChange([...items, one])} />
        </div>
      )}
    </Field>
  )
}

function Finder({ items, onAdd }: { items: readonly Chosen[]; onAdd: (one: Chosen) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { data, error, isPending } = useQuery(liveQuestionsQuery(text.trim()))
  const taken = new Set(items.map(({ questionId }) => questionId))
  const found = (data ?? []).filter(({ id }) => !taken.has(id))
  return (
    <>
      <TextInput label={t('exams.findQuestion')} maxLength={60} value={text} onChange={setText} />
      <RefusalText error={error} />
      {!isPending && !error && found.length === 0 ? <p className="hint">{t('exams.noneFound')}</p> : null}
      <ul className="exam-finds">
        {found.map(({ id, stem, kind, topic }) => (
          <li key={id}>
            <span className="exam-stem">{stem}</span>
            <span className="hint">
              {t(`words.exams.kind.${kind}`)} · {topic}
            </span>
            <Button onClick={() => onAdd({ questionId: id, stem, kind, points: POINTS[kind] })}>
              {t('exams.take')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
