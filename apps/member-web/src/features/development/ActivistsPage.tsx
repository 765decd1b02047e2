import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type ContactCase, type ContactReview, enterContactReview } from '@tongxin/contract/development.contact'
import { REVIEW_VERDICTS } from '@tongxin/contract/development.words'
import { Button, DateInput, dateOf, EmptyState, Lamp, RefusalText, Select, say, TextArea } from '@tongxin/ui'
import { UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { useFieldErrors } from '../../shared/use-field-errors.ts'
import { ALL_DEVELOPMENT, activistsQuery } from './development.api.ts'
import './development.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(activistsQuery)

const LAMPS = { green: 'ok', yellow: 'warn', red: 'late' } as const

/** The people whom I accompany, the most urgent first; a review is a page of its own. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(activistsQuery)
  const chosen = data.rows.find(({ caseId }) => caseId === search.review)
  if (chosen) return <ReviewForm key={chosen.caseId} one={chosen} onDone={() => setSearch({ review: '' })} />
  return (
    <PageFrame title={t('development.activists')}>
      {data.rows.length === 0 ? (
        <EmptyState title={t('development.noActivists')} icon={<UsersRound aria-hidden="true" />}>
          {t('development.noActivistsHint')}
        </EmptyState>
      ) : null}
      {data.rows.map((row) => (
        <One key={row.caseId} row={row} onReview={() => setSearch({ review: row.caseId })} />
      ))}
    </PageFrame>
  )
}

function One({ row, onReview }: { row: ContactCase; onReview: () => void }) {
  const { t } = useTranslation()
  const last = row.reports[0]
  return (
    <section className="card development-activist" aria-label={row.name}>
      <h2>{row.name}</h2>
      <p className="hint">
        {row.orgName} · {t('development.since', { on: row.since })}
      </p>
      {row.reviewDueOn ? (
        <Lamp state={LAMPS[row.lamp]}>
          {t('development.reviewDue', { on: row.reviewDueOn })} · {t(`words.development.lamp.${row.lamp}`)}
        </Lamp>
      ) : null}
      <p>{last ? t('development.lastReport', { on: last }) : t('development.noReport')}</p>
      {row.reviews.map((review) => (
        <details key={review.id}>
          <summary>
            {review.heldOn} {t(`words.development.review.${review.kind}`)}
            {review.verdict ? ` · ${t(`words.development.verdict.${review.verdict}`)}` : ''}
          </summary>
          <p className="development-words">{review.opinion}</p>
        </details>
      ))}
      <Button wide whyNot={row.kinds.length === 0 ? t('development.noReviewNow') : undefined} onClick={onReview}>
        {t('development.review')}
      </Button>
    </section>
  )
}

type Form = {
  kind: ContactReview | ''
  heldOn: string
  verdict: (typeof REVIEW_VERDICTS)[number] | ''
  opinion: string
}
const LEAST_LETTERS = 10

function ReviewForm({ one, onDone }: { one: ContactCase; onDone: () => void }) {
  const { t } = useTranslation()
  const [form, setForm] = useState<Form>({
    kind: one.kinds[0] ?? '',
    heldOn: dateOf(Date.now()),
    verdict: '',
    opinion: '',
  })
  const save = useWrite(enterContactReview, {
    refreshes: ALL_DEVELOPMENT,
    onDone: () => {
      say(t('development.reviewed'))
      onDone()
    },
  })
  const { kind, heldOn, verdict } = form
  const opinion = form.opinion.trim()
  const isWanting = kind === '' || verdict === '' || heldOn === '' || opinion.length < LEAST_LETTERS
  const submit = () => {
    if (kind !== '' && verdict !== '')
      save.mutate({ params: { id: one.caseId }, body: { kind, heldOn, verdict, opinion } })
  }
  const whyNot = isWanting ? t('development.reviewFirst') : undefined
  return (
    <PageFrame
      title={t('development.reviewOf', { name: one.name })}
      primary={
        <Button wide kind="primary" isBusy={save.isPending} whyNot={whyNot} onClick={submit}>
          {t('development.send')}
        </Button>
      }
    >
      <section className="card development-form">
        <RefusalText error={save.error} labels={{ '/body/heldOn': t('development.heldOn') }} />
        <Fields
          kinds={one.kinds}
          form={form}
          error={save.error}
          onChange={(change) => setForm({ ...form, ...change })}
        />
      </section>
      <Button wide onClick={onDone}>
        {t('ui.back')}
      </Button>
    </PageFrame>
  )
}

function Fields(props: {
  kinds: readonly ContactReview[]
  form: Form
  error: unknown
  onChange: (change: Partial<Form>) => void
}) {
  const { t } = useTranslation()
  const { form, onChange } = props
  const errorAt = useFieldErrors(props.error)
  return (
    <>
      <Select
        label={t('development.kind')}
        required
        value={form.kind}
        onChange={(kind) => onChange({ kind })}
        options={props.kinds.map((value) => ({ value, label: t(`words.development.review.${value}`) }))}
      />
      <DateInput
        label={t('development.heldOn')}
        required
        value={form.heldOn}
        onChange={(heldOn) => onChange({ heldOn })}
        error={errorAt('/body/heldOn')}
      />
      <Select
        label={t('development.verdict')}
        required
        value={form.verdict}
        onChange={(verdict) => onChange({ verdict })}
        options={REVIEW_VERDICTS.map((value) => ({ value, label: t(`words.development.verdict.${value}`) }))}
      />
      <TextArea
        label={t('development.opinion')}
        help={t('development.opinionHelp')}
        required
        rows={6}
        maxLength={4000}
        value={form.opinion}
        onChange={(opinion) => onChange({ opinion })}
      />
    </>
  )
}
