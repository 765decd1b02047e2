import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import { postOf, useSession } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { changeQuestion, makeQuestion, type QuestionDraft, type QuestionRecord } from '@tongxin/contract/exams'
import { DIFFICULTIES, EXAM_QUESTION_KINDS } from '@tongxin/contract/exams.words'
import { ErrorState, Select, Skeleton, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_EXAMS, questionQuery } from './exams.api.ts'
import { KeyFields } from './KeyFields.tsx'
import { useChoices } from './words.tsx'
import './exams.css'

const NEW: QuestionDraft = {
  kind: 'single',
  difficulty: 'medium',
  topic: '',
  body: { stem: '', options: ['', '', '', ''] },
  key: { choices: [], blanks: [], reference: null },
  explanation: null,
  source: null,
}

const LABELS = ['kind', 'difficulty', 'topic', 'body/stem', 'body/options', 'key', 'explanation', 'source'] as const

/** Writes a question, or a new version of one. */
export function Page({ params }: ScreenProps) {
  const { data, error, refetch } = useQuery({ ...questionQuery(params.id ?? ''), enabled: params.id !== undefined })
  if (params.id === undefined) return <Form />
  if (error) return <ErrorState isPage error={error} onRetry={() => void refetch()} />
  return data ? <Form question={data} /> : <Skeleton lines={10} />
}

function draftOf({ kind, difficulty, topic, body, key, explanation, source }: QuestionRecord): QuestionDraft {
  return { kind, difficulty, topic, body, key: key ?? NEW.key, explanation, source }
}

/** What is sent: empty options at the end are left out. */
function cleaned(draft: QuestionDraft): QuestionDraft {
  const last = draft.body.options.findLastIndex((text) => text.trim() !== '')
  const isChoice = draft.kind === 'single' || draft.kind === 'multiple'
  const options = isChoice ? draft.body.options.slice(0, last + 1) : []
  const blank = (text: string | null) => (text?.trim() ? text : null)
  return {
    ...draft,
    body: { ...draft.body, options },
    explanation: blank(draft.explanation),
    source: blank(draft.source),
  }
}

function Form({ question }: { question?: QuestionRecord }) {
  const { t } = useTranslation()
  const router = useRouter()
  const post = postOf(useSession())
  const [draft, setDraft] = useState<QuestionDraft>(() => (question ? draftOf(question) : NEW))
  const set = (change: Partial<QuestionDraft>) => setDraft({ ...draft, ...change })
  const onDone = ({ id }: { id: string }) => void router.navigate({ to: paths.exams.question(id) })
  const make = useWrite(makeQuestion, { refreshes: ALL_EXAMS, onDone })
  const change = useWrite(changeQuestion, { refreshes: ALL_EXAMS, onDone })
  const error = make.error ?? change.error
  const errorAt = useFieldErrors(error)
  const submit = () => {
    const body = cleaned(draft)
    if (question) change.mutate({ params: { id: question.id }, body, ifMatch: question.version })
    else make.mutate({ body: { orgId: post?.orgId ?? '', ...body } })
  }
  const isReady = draft.body.stem.trim() !== '' && draft.topic.trim() !== ''
  return (
    <FormPage
      title={t(question ? 'exams.changeQuestion' : 'exams.addQuestion')}
      verb={t('exams.saveDraft')}
      lead={<p className="hint">{t(question?.liveNo ? 'exams.changeLead' : 'exams.addLead')}</p>}
      labels={Object.fromEntries(LABELS.map((name) => [`/body/${name}`, t(`exams.field.${name.replace('/', '_')}`)]))}
      isBusy={make.isPending || change.isPending}
      error={error}
      whyNot={isReady ? undefined : t('exams.fillFirst')}
      onSubmit={submit}
      onBack={() => router.history.back()}
    >
      <Fields draft={draft} set={set} errorAt={errorAt} />
    </FormPage>
  )
}

type FieldsProps = {
  draft: QuestionDraft
  set: (change: Partial<QuestionDraft>) => void
  errorAt: (pointer: string) => string | undefined
}
function Fields({ draft, set, errorAt }: FieldsProps) {
  const { t } = useTranslation()
  const choices = useChoices()
  return (
    <>
      <Select
        label={t('exams.kind')}
        required
        value={draft.kind}
        options={choices(EXAM_QUESTION_KINDS, 'kind')}
        onChange={(kind) => kind && set({ kind, key: NEW.key })}
      />
      <TextInput
        label={t('exams.topic')}
        required
        maxLength={60}
        value={draft.topic}
        onChange={(topic) => set({ topic })}
      />
      <Select
        label={t('exams.difficulty')}
        required
        value={draft.difficulty}
        options={choices(DIFFICULTIES, 'difficulty')}
        onChange={(difficulty) => difficulty && set({ difficulty })}
      />
      <TextArea
        label={t('exams.stem')}
        required
        rows={4}
        maxLength={2000}
        help={draft.kind === 'blank' ? t('exams.blankHelp') : undefined}
        error={errorAt('/body/body/stem')}
        value={draft.body.stem}
        onChange={(stem) => set({ body: { ...draft.body, stem } })}
      />
      <KeyFields draft={draft} set={set} errorAt={errorAt} />
      <TextArea
        label={t('exams.explanation')}
        rows={3}
        maxLength={2000}
        value={draft.explanation ?? ''}
        onChange={(explanation) => set({ explanation })}
      />
      <TextInput
        label={t('exams.source')}
        maxLength={300}
        value={draft.source ?? ''}
        onChange={(source) => set({ source })}
      />
    </>
  )
}
