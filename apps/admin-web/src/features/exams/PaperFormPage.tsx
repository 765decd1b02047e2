import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import { postOf, useSession } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { changePaper, makePaper, type PaperDraft, type PaperRecord } from '@tongxin/contract/exams.papers'
import { PAPER_PURPOSES, PAPER_WAYS, PARTIAL_RULES } from '@tongxin/contract/exams.words'
import { ErrorState, Select, Skeleton, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_EXAMS, paperQuery } from './exams.api.ts'
import { type Chosen, ItemsField } from './ItemsField.tsx'
import { PlanField } from './PlanField.tsx'
import { useChoices } from './words.tsx'
import './exams.css'

type Draft = Omit<PaperDraft, 'items'> & { readonly items: readonly Chosen[] }
const NEW: Draft = {
  name: '',
  purpose: 'quiz',
  way: 'fixed',
  minutes: null,
  attempts: null,
  passPercent: 60,
  shufflesQuestions: true,
  shufflesOptions: true,
  partial: 'half',
  markers: 2,
  difference: 2,
  items: [],
  plan: [],
}
const NUMBERS = ['minutes', 'attempts', 'passPercent', 'markers', 'difference'] as const

/** Makes a paper, or changes a draft. */
export function Page({ params }: ScreenProps) {
  const { data, error, refetch } = useQuery({ ...paperQuery(params.id ?? ''), enabled: params.id !== undefined })
  if (params.id === undefined) return <Form />
  if (error) return <ErrorState isPage error={error} onRetry={() => void refetch()} />
  return data ? <Form paper={data} /> : <Skeleton lines={10} />
}

function draftOf(paper: PaperRecord): Draft {
  const { name, purpose, way, plan, partial, shufflesQuestions, shufflesOptions } = paper
  const numbers = Object.fromEntries(NUMBERS.map((key) => [key, paper[key]])) as Pick<Draft, (typeof NUMBERS)[number]>
  const items = paper.items.map(({ questionId, stem, kind, points }) => ({ questionId, stem, kind, points }))
  return { name, purpose, way, plan, partial, shufflesQuestions, shufflesOptions, ...numbers, items }
}

function Form({ paper }: { paper?: PaperRecord }) {
  const { t } = useTranslation()
  const router = useRouter()
  const post = postOf(useSession())
  const [draft, setDraft] = useState<Draft>(() => (paper ? draftOf(paper) : NEW))
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const onDone = ({ id }: { id: string }) => void router.navigate({ to: paths.exams.paper(id) })
  const make = useWrite(makePaper, { refreshes: ALL_EXAMS, onDone })
  const change = useWrite(changePaper, { refreshes: ALL_EXAMS, onDone })
  const error = make.error ?? change.error
  const submit = () => {
    const body = { ...draft, items: draft.items.map(({ questionId, points }) => ({ questionId, points })) }
    if (paper) change.mutate({ params: { id: paper.id }, body, ifMatch: paper.version })
    else make.mutate({ body: { orgId: post?.orgId ?? '', ...body } })
  }
  const count = draft.way === 'fixed' ? draft.items.length : draft.plan.reduce((sum, line) => sum + line.count, 0)
  const points =
    draft.way === 'fixed'
      ? draft.items.reduce((sum, one) => sum + one.points, 0)
      : draft.plan.reduce((sum, line) => sum + line.count * line.points, 0)
  return (
    <FormPage
      title={t(paper ? 'exams.changePaper' : 'exams.addPaper')}
      verb={t('exams.saveDraft')}
      labels={{ '/body/name': t('exams.paperName'), '/body/items': t('exams.items'), '/body/plan': t('exams.plan') }}
      isBusy={make.isPending || change.isPending}
      error={error}
      whyNot={draft.name.trim() === '' ? t('exams.nameFirst') : undefined}
      onSubmit={submit}
      onBack={() => router.history.back()}
    >
      <Rules draft={draft} set={set} errorAt={useFieldErrors(error)} />
      {draft.way === 'fixed' ? (
        <ItemsField items={draft.items} onChange={(items) => set({ items })} />
      ) : (
        <PlanField plan={draft.plan} onChange={(plan) => set({ plan: [...plan] })} />
      )}
      <p className="exam-sum" role="status">
        {t('exams.sum', { count, points })}
      </p>
    </FormPage>
  )
}

type RulesProps = {
  draft: Draft
  set: (change: Partial<Draft>) => void
  errorAt: (pointer: string) => string | undefined
}
function Rules({ draft, set, errorAt }: RulesProps) {
  const { t } = useTranslation()
  const choices = useChoices()
  const numberOf = (text: string): number | null => (/^\d{1,3}$/.test(text) ? Number(text) : null)
  const shown = NUMBERS.filter((key) => key !== 'attempts' || draft.purpose === 'quiz')
  return (
    <>
      <TextInput
        label={t('exams.paperName')}
        required
        maxLength={120}
        error={errorAt('/body/name')}
        value={draft.name}
        onChange={(name) => set({ name })}
      />
      <Select
        label={t('exams.purpose')}
        required
        value={draft.purpose}
        options={choices(PAPER_PURPOSES, 'purpose')}
        onChange={(purpose) => purpose && set({ purpose })}
      />
      <Select
        label={t('exams.way')}
        required
        value={draft.way}
        options={choices(PAPER_WAYS, 'way')}
        onChange={(way) => way && set({ way })}
      />
      <div className="exam-row">
        {shown.map((key) => (
          <TextInput
            key={key}
            label={t(`exams.rule.${key}`)}
            inputMode="numeric"
            maxLength={3}
            error={errorAt(`/body/${key}`)}
            value={draft[key] === null ? '' : `${draft[key]}`}
            onChange={(text) => set({ [key]: numberOf(text) ?? (key === 'minutes' || key === 'attempts' ? null : 0) })}
          />
        ))}
      </div>
      <Select
        label={t('exams.rule.partial')}
        value={draft.partial}
        options={choices(PARTIAL_RULES, 'partial')}
        onChange={(partial) => partial && set({ partial })}
      />
      {(['shufflesQuestions', 'shufflesOptions'] as const).map((key) => (
        <label key={key} className="exam-check">
          <input type="checkbox" checked={draft[key]} onChange={(event) => set({ [key]: event.target.checked })} />
          {t(`exams.rule.${key}`)}
        </label>
      ))}
    </>
  )
}
